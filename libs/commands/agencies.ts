import {
  agencyStream,
  decideAgency,
  vietnameseDate,
  type AgencyCommand,
  type AgencyEvent,
  type AgencyState,
  type RetireAgency,
  type Undated,
} from '#domain';
import { holds, StaleRevision } from './batch.ts';
import type { Outcome } from './outcome.ts';
import type { Runners } from './runners.ts';
import type { Asked } from './tools.ts';

/** A command on an agency as it is asked for; what a retirement has to know of others is looked up here. */
export type AgencyRequest =
  | Extract<AgencyCommand, { type: 'RegisterAgency' | 'EditAgency' }>
  | Omit<RetireAgency, 'forebears' | 'today'>;

type Agencies = Pick<Runners, 'agencies' | 'now'>;

/** Runs a command on an agency. @throws what `CommandRunner.execute` throws */
export function runAgency(
  runners: Agencies,
  command: AgencyRequest,
  asked: Asked,
): Promise<Outcome<AgencyState, AgencyEvent>> {
  if (command.type === 'RetireAgency') return retire(runners, command, asked);
  return runners.agencies.execute(agencyStream(command.code), { command, ...asked });
}

/**
 * A retirement concerns two streams and there is no transaction over both. So the successor accepts
 * first, decided on its own stream, and only then the agency ends, decided on its own. Two that
 * retire into each other at the same moment have both accepted before either looks, so the later
 * one finds the circle and is refused. A crash in between leaves an acceptance that gives no right
 * to anything; the same command asked again completes it.
 */
async function retire(
  { agencies, now }: Agencies,
  command: Omit<Undated<RetireAgency>, 'forebears'>,
  asked: Asked,
): Promise<Outcome<AgencyState, AgencyEvent>> {
  const { code, successor, reason } = command;
  const today = vietnameseDate(now());
  const stream = agencyStream(code);
  const answered = await agencies.answered(stream, asked.context);
  if (answered) return answered;
  const { state, revision, ...end } = await agencies.load(stream);
  const due = decideAgency(state, { ...command, forebears: [], today }).length > 0;
  if (due && !holds(asked.ifRevision, revision)) {
    throw new StaleRevision(revision === 'no-stream' ? -1 : revision, state, end);
  }
  if (due && successor !== null) {
    // The key is that of the command as a whole, which is answered from the other stream.
    const { idempotencyKey: _key, ...context } = asked.context;
    const accept = { type: 'AcceptSuccession', code: successor, predecessor: code } as const;
    const acceptance = { command: { ...accept, reason }, context };
    await agencies.execute(agencyStream(successor), acceptance);
  }
  const forebears = await forebearsOf(agencies, code);
  return agencies.execute(stream, { command: { ...command, forebears }, ...asked });
}

/** Every agency whose registers have come, or are about to come, to this one. */
async function forebearsOf(
  agencies: Runners['agencies'],
  code: string,
): Promise<readonly string[]> {
  const found = new Set<string>();
  const open = [code];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { state } = await agencies.load(agencyStream(next));
    const fresh = (state?.accepted ?? []).filter((one) => !found.has(one));
    for (const one of fresh) found.add(one);
    open.push(...fresh);
  }
  return [...found];
}
