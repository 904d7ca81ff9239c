import {
  mandatesStream,
  type KnownMandates,
  type MandateCommand,
  type MandateEvent,
  type Mandates,
  type Undated,
} from '#domain';
import type { Outcome } from './outcome.ts';
import type { Runners } from './runners.ts';
import type { Asked, Tools } from './tools.ts';

export interface MandateTask extends Asked {
  readonly command: Undated<MandateCommand>;
}

export type MandateOutcome = Outcome<Mandates, MandateEvent>;

/** Runs a command on the mandates of the caller's agency. @throws what `CommandRunner.execute` throws */
export async function runMandate(
  { runners, gate }: Pick<Tools, 'runners' | 'gate'>,
  { command, ...asked }: MandateTask,
): Promise<MandateOutcome> {
  const { agency } = asked.context.actor;
  const barred = await gate.barrier(agency, command.type, asked.context);
  return runners.mandates.execute(mandatesStream(agency), { ...asked, barred, command });
}

/** An agency's mandates as they are now, with the revision that is recorded where one is stood on. */
export async function knownMandates(
  { mandates }: Pick<Runners, 'mandates'>,
  agency: string,
): Promise<KnownMandates> {
  const { state, revision } = await mandates.load(mandatesStream(agency));
  return { mandates: state, revision: revision === 'no-stream' ? -1 : revision };
}
