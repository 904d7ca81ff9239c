import type { RecordedEvent } from '#event-store';
import { Fenced, ReadStoreUnavailable, type ReadStore } from '#read-store';
import { partitionOf } from '../projection.ts';
import { exclusionsOf } from './exclusions.ts';
import {
  changeFaults,
  EventFault,
  MOST_PARKED,
  nameOf,
  withFailure,
  withParked,
} from './faults.ts';
import type { Follower } from './follower.ts';
import { advance, type Target } from './target.ts';

/** Tries of one event before the projection stops, or sets it aside. */
export const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;

export const pauseFor = (
  { firstPauseMs = FIRST_PAUSE_MS }: Pick<Follower, 'firstPauseMs'>,
  attempts: number,
): number => Math.min(LONGEST_PAUSE_MS, firstPauseMs * 2 ** (attempts - 1));

/** A projection this process has left behind for a while. */
export interface Trouble {
  readonly attempts: number;
  /** Position of the event at fault, where there is one. */
  readonly at: string | null;
  /** By the clock that never goes back; Infinity where only an operator decides. */
  readonly retryAt: number;
}

/** Brings the target as far as it goes, and answers what it does not get past. @throws Fenced */
export async function blame(
  readStore: ReadStore,
  target: Target,
  { batch, error }: { readonly batch: readonly RecordedEvent[]; readonly error: unknown },
): Promise<{ readonly target: Target; readonly error: unknown }> {
  if (error instanceof Fenced) throw error;
  if (error instanceof ReadStoreUnavailable) return { target, error };
  if (error instanceof EventFault) return advanceBefore(readStore, target, { batch, error });
  let reached = target;
  for (const event of batch) {
    try {
      reached = await advance(readStore, reached, [event]);
    } catch (found) {
      if (found instanceof Fenced) throw found;
      const named = found instanceof EventFault || found instanceof ReadStoreUnavailable;
      const { type } = event;
      return { target: reached, error: named ? found : new EventFault(nameOf(event, type), found) };
    }
  }
  // It went well this time.
  return { target: reached, error: undefined };
}

/** An earlier event may be at fault as well: a batch is projected as a whole before it is folded. */
async function advanceBefore(
  readStore: ReadStore,
  target: Target,
  { batch, error }: { readonly batch: readonly RecordedEvent[]; readonly error: EventFault },
): ReturnType<typeof blame> {
  const before = batch.filter(({ position }) => position < error.event.position);
  try {
    return { target: await advance(readStore, target, before), error };
  } catch (found) {
    return blame(readStore, target, { batch: before, error: found });
  }
}

type Place = Pick<Target, 'projection' | 'spec'>;
type Told = Pick<Follower, 'readStore' | 'log' | 'firstPauseMs'>;

/** How often this very error has been met in a row, this time included. */
export function attemptsAt(error: unknown, before: Trouble | undefined): number {
  return before && before.at === placeOf(error) ? before.attempts + 1 : 1;
}

const placeOf = (error: unknown): string | null =>
  error instanceof EventFault ? error.event.position : null;

/** Only an event that was tried often enough; a store that is away comes back. */
export const isGivenUp = (error: unknown, attempts: number): error is EventFault =>
  error instanceof EventFault && attempts >= ATTEMPTS;

/** Sets the event aside, with the rest of its stream; what follows of other streams is taken. */
export async function park(
  { readStore, log }: Told,
  target: Target,
  fault: EventFault,
): Promise<{ readonly target: Target; readonly version: number }> {
  const { projection, spec, exclusions } = target;
  const { event } = fault;
  const error = String(fault.cause);
  const name = projection.name;
  log('error', 'projector: an event is set aside, with the rest of its stream', {
    name,
    error,
    event,
  });
  const partition = partitionOf(projection, event.stream);
  const parked = { partition, event, error, at: new Date().toISOString(), retry: false };
  const faults = await changeFaults(readStore, spec, withParked(parked));
  const excluded = exclusionsOf(exclusions?.skipped ?? new Set(), faults.parked);
  return { target: { ...target, exclusions: excluded }, version: faults.version };
}

/** Past a batch, setting aside whatever cannot be taken. */
export async function advanceOrPark(
  readStore: ReadStore,
  target: Target,
  batch: readonly RecordedEvent[],
): Promise<Target> {
  try {
    return await advance(readStore, target, batch);
  } catch (error) {
    const blamed = await blame(readStore, target, { batch, error });
    const fault = blamed.error;
    if (fault === undefined) return blamed.target;
    const full = (blamed.target.exclusions?.parked.size ?? 0) >= MOST_PARKED;
    if (!(fault instanceof EventFault) || full) throw error;
    const parked = await park({ readStore, log: () => undefined }, blamed.target, fault);
    return advanceOrPark(readStore, parked.target, batch);
  }
}

export const mayPark = ({ parks }: Follower, { projection, exclusions }: Target): boolean =>
  (parks?.(projection) ?? false) && (exclusions?.parked.size ?? 0) < MOST_PARKED;

/** Leaves the projection behind, to be tried again after a pause; or not, where it was tried enough. */
export async function leave(
  follower: Told,
  { projection, spec }: Place,
  { error, attempts }: { readonly error: unknown; readonly attempts: number },
): Promise<{ readonly trouble: Trouble; readonly version: number }> {
  const { readStore, log } = follower;
  const event = error instanceof EventFault ? error.event : null;
  const said = String(error instanceof EventFault ? error.cause : error);
  const stopped = isGivenUp(error, attempts);
  const what = stopped ? 'has stopped' : 'failed, and is tried again';
  const detail = { name: projection.name, error: said, event, attempts };
  log('error', `projector: a projection ${what}`, detail);
  const failure = { error: said, event, attempts, stopped, at: new Date().toISOString() };
  const { version } = await changeFaults(readStore, spec, withFailure(failure));
  const pause = stopped ? Number.POSITIVE_INFINITY : pauseFor(follower, attempts);
  const trouble = { attempts, at: placeOf(error), retryAt: performance.now() + pause };
  return { trouble, version };
}
