import {
  dossierStream,
  tidy,
  type DossierCommand,
  type DossierEvent,
  type DossierKey,
  type DossierState,
  type Undated,
} from '#domain';
import type { Outcome } from './outcome.ts';
import type { Asked, Tools } from './tools.ts';

export interface DossierTask extends Asked {
  readonly command: Undated<DossierCommand>;
}

export type DossierOutcome = Outcome<DossierState, DossierEvent>;

/** The stream of the dossier that a text names, however it is written. */
export const streamOfDossier = ({ agency, dossier }: DossierKey): string =>
  dossierStream({ agency, dossier: tidy(dossier) });

/** Runs a command on a dossier. @throws what `CommandRunner.execute` throws */
export async function runDossier(
  { runners, gate }: Pick<Tools, 'runners' | 'gate'>,
  { command, ...asked }: DossierTask,
): Promise<DossierOutcome> {
  const barred = await gate.barrier(command.agency, command.type, asked.context);
  return runners.dossiers.execute(streamOfDossier(command), { ...asked, barred, command });
}
