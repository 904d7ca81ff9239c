import {
  isSkipped,
  skippedIn,
  type Astray,
  type Decision,
  type EventName,
  type Failure,
  type Faults,
  type Ledger,
  type Parked,
} from './ledger.ts';

/** How a ledger takes up what keeps events out of a collection, and what operators decide of it. */

/** So many partitions set aside are no accident of theirs: the projection is at fault, and stops. */
export const MOST_PARKED = 1000;
/** Retries are kept for reading only. */
const MOST_RETRIES = 100;

/** There is nothing to be decided, or not what was named; nothing was changed. */
export class NothingAtFault extends Error {
  override readonly name = 'NothingAtFault';
}

/** What the change makes of the faults of one collection; nothing where the ledger no longer knows it. */
export function inCollection(
  ledger: Ledger,
  collection: string,
  change: (before: Faults) => Faults,
): Ledger {
  const { live, previous, next } = ledger;
  if (live.collection === collection) return { ...ledger, live: changed(live, change) };
  if (previous?.collection === collection) {
    return { ...ledger, previous: changed(previous, change) };
  }
  if (next?.collection === collection) return { ...ledger, next: changed(next, change) };
  return ledger;
}

const changed = <T extends { readonly faults: Faults }>(
  one: T,
  change: (before: Faults) => Faults,
): T => ({ ...one, faults: change(one.faults) });

export const withFailure =
  (failure: Failure | null) =>
  (before: Faults): Faults => ({ ...before, failure });

export const withParked =
  (parked: Parked) =>
  (before: Faults): Faults => ({ failure: null, parked: withOne(before.parked, parked) });

export const withoutParked =
  (partition: string) =>
  (before: Faults): Faults => ({
    ...before,
    parked: before.parked.filter((one) => one.partition !== partition),
  });

/** In place of what was set aside of that partition before. */
export const withOne = (parked: readonly Parked[], one: Parked): readonly Parked[] => [
  ...parked.filter(({ partition }) => partition !== one.partition),
  one,
];

export const eventsAtFault = ({ failure, parked }: Faults): readonly EventName[] => [
  ...(failure?.event ? [failure.event] : []),
  ...parked.map(({ event }) => event),
];

/** Who decides, why, and when. */
export type Decided = Pick<Decision, 'reason' | 'account' | 'at'>;

/**
 * What has stopped is to be gone on with, and every partition set aside to be taken up again.
 * @throws NothingAtFault
 */
export function retried(ledger: Ledger, name: string, decided: Decided): Ledger {
  const { failure, parked } = ledger.live.faults;
  if (!failure && parked.length === 0) throw new NothingAtFault(`${name}: nothing to be retried`);
  const asked = parked.map((one) => ({ ...one, retry: true }));
  return {
    ...ledger,
    live: { ...ledger.live, faults: { failure: null, parked: asked } },
    decisions: kept([...ledger.decisions, { kind: 'retry', event: null, ...decided }]),
  };
}

/** One event is passed over for good; what was set aside behind it is to be taken up. */
export function skipped(ledger: Ledger, event: EventName, decided: Decided): Ledger {
  const decisions = kept([...ledger.decisions, { kind: 'skip', event, ...decided }]);
  const faults = pastSkipped({ decisions }, ledger.live.faults);
  return { ...ledger, live: { ...ledger.live, faults }, decisions };
}

/**
 * Nothing stands still at an event that is passed over. A collection that becomes live may have been
 * filled before an operator has said so, who has then decided of another one's faults.
 */
export function pastSkipped(
  ledger: Pick<Ledger, 'decisions'>,
  { failure, parked }: Faults,
): Faults {
  const over = skippedIn(ledger);
  const isOver = (event: EventName | null | undefined): boolean =>
    event !== null && event !== undefined && isSkipped(over, event);
  return {
    failure: isOver(failure?.event) ? null : failure,
    parked: parked.map((one) => (isOver(one.event) ? { ...one, retry: true } : one)),
  };
}

/**
 * The event an operator means.
 * @param position not needed where only one is at fault
 * @throws NothingAtFault
 */
export function eventMeant(ledger: Ledger, name: string, position: string | undefined): EventName {
  const events = eventsAtFault(ledger.live.faults);
  const found = position === undefined ? events : events.filter((one) => one.position === position);
  const [event] = found;
  if (event && found.length === 1) return event;
  if (events.length === 0) throw new NothingAtFault(`${name}: no event is at fault`);
  const positions = events.map((one) => one.position).join(', ');
  throw new NothingAtFault(
    `${name}: name one of the events at fault by its position: ${positions}`,
  );
}

/** Without the oldest retries; what was skipped must never be forgotten. */
function kept(decisions: readonly Decision[]): readonly Decision[] {
  const surplus = decisions.filter(({ kind }) => kind === 'retry').slice(0, -MOST_RETRIES);
  return decisions.filter((one) => !surplus.includes(one));
}

/**
 * The live collection was filled from another log than this one; said once. What it failed on is no
 * matter any more, and neither is what was skipped without an id: another event may stand there now,
 * and one that is at fault again is decided about again, where one skipped wrongly is noticed by nobody.
 */
export function strayed(ledger: Ledger, collection: string, astray: Astray): Ledger {
  const { live } = ledger;
  if (live.collection !== collection || live.astray) return ledger;
  const decisions = ledger.decisions.filter(
    ({ kind, event }) => kind === 'retry' || event?.id !== undefined,
  );
  const faults = { ...live.faults, failure: null };
  return { ...ledger, live: { ...live, astray, faults }, decisions };
}

/** It is this log's after all. */
export const foundAgain = (ledger: Ledger, collection: string): Ledger =>
  ledger.live.collection === collection && ledger.live.astray
    ? { ...ledger, live: { ...ledger.live, astray: null } }
    : ledger;
