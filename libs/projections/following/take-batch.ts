import type { RecordedEvent } from '#event-store';
import { Fenced } from '#read-store';
import { blame } from '../faults/blame.ts';
import { hasRoom, park } from '../faults/park.ts';
import { attemptsAt, isGivenUp } from '../faults/troubles.ts';
import { advance } from '../folding/advance.ts';
import type { Target } from '../folding/checkpoint.ts';
import type { EventFault } from '../folding/event-fault.ts';
import { inCollection, withFailure } from '../ledger/faults.ts';
import { changeLedger } from '../ledger/record.ts';
import { parksByDefault } from '../projection.ts';
import { leaveBehind } from './left-behind.ts';
import type { Leases } from './leases.ts';
import { noteOwn, type Followed } from './open-held.ts';
import type { Work } from './work.ts';

/** One subscription, until a lease, a collection or an operator's decision changes, or a pause is over. */
export interface Round {
  readonly work: Work;
  readonly leases: Leases;
  readonly signal: AbortSignal;
  readonly end: () => void;
}

/** Ends the round at a time by the clock that never goes back; never where there is none. */
export const wake = (at: number, end: () => void): NodeJS.Timeout | undefined =>
  Number.isFinite(at) ? setTimeout(end, Math.max(0, at - performance.now())) : undefined;

/** False when the projection is to be left behind for this round. */
export async function takeBatch(
  round: Round,
  one: Followed,
  batch: readonly RecordedEvent[],
): Promise<boolean> {
  const { work, leases, end } = round;
  const { readStore, around = unobserved } = work.follower;
  // What took too long may have cost the lease: then nothing more is begun.
  if (round.signal.aborted || !leases.held().includes(one.target.projection)) {
    end();
    return false;
  }
  try {
    const before = one.target.events;
    const { target } = one;
    one.target = await around(target.projection, batch, () => advance(readStore, target, batch));
    work.addPassed(one.target.projection, one.target.events - before);
    if (one.watched.failed) await recovered(work, one);
    return true;
  } catch (error) {
    return await getPast(round, one, { batch, error });
  }
}

const unobserved = <T>(_: unknown, __: unknown, work: () => Promise<T>): Promise<T> => work();

async function recovered(
  { follower, troubles }: Work,
  { watched, target }: Followed,
): Promise<void> {
  const { projection, spec } = target;
  const changed = await changeLedger(follower.readStore, projection, (ledger) =>
    inCollection(ledger, spec.name, withFailure(null)),
  );
  noteOwn(watched, changed);
  watched.failed = false;
  troubles.delete(projection.name);
}

/** Past what a batch failed on, where it can be; else the projection is left behind. */
async function getPast(
  round: Round,
  one: Followed,
  given: { readonly batch: readonly RecordedEvent[]; readonly error: unknown },
): Promise<boolean> {
  const { work, end } = round;
  const { readStore } = work.follower;
  try {
    const { target, error } = await blame(readStore, one.target, given);
    one.target = target;
    if (error === undefined) return true;
    const { projection, spec } = target;
    const attempts = attemptsAt(error, work.troubles.get(projection.name));
    if (isGivenUp(error, attempts) && mayPark(work, target)) {
      await setAside(work, one, error);
      return await takeBatch(round, one, given.batch);
    }
    noteOwn(one.watched, await leaveBehind(work, projection, spec.name, error));
    wake(work.troubles.get(projection.name)?.retryAt ?? 0, end)?.unref();
  } catch (error) {
    if (!(error instanceof Fenced)) throw error;
    // Another has taken it over; or this process itself, when the answer to a write was lost.
    end();
  }
  return false;
}

const mayPark = ({ follower: { parks = parksByDefault } }: Work, target: Target): boolean =>
  parks(target.projection) && hasRoom(target);

async function setAside(
  { follower, troubles }: Work,
  one: Followed,
  fault: EventFault,
): Promise<void> {
  const { name } = one.target.projection;
  const { event, cause } = fault;
  const message = 'projector: an event is set aside, with the rest of its stream';
  follower.log('error', message, { name, error: String(cause), event });
  const { target, changed } = await park(follower.readStore, one.target, fault);
  one.target = target;
  noteOwn(one.watched, changed);
  one.watched.failed = false;
  troubles.delete(name);
}
