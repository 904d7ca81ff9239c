import { setTimeout as delay } from 'node:timers/promises';
import { streamPrefixes } from '#domain';
import type { RecordedEvent, SubscriptionMessage } from '#event-store';
import { Fenced, type ReadStore } from '#read-store';
import { inBatches } from './batches.ts';
import { changeFaults, readFaults, withFailure } from './faults.ts';
import { findLive } from './generations.ts';
import type { Leases } from './leases.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { openHeld, type Followed, type Watched } from './open-held.ts';
import { advance, lowest } from './target.ts';
import { attemptsAt, blame, isGivenUp, leave, mayPark, park } from './troubles.ts';
import type { Upgrades } from './upgrades.ts';
import type { Work } from './work.ts';

/** Events per batch: enough to amortise a write, little enough to keep memory flat. */
export const BATCH = 1000;
/** Rest after a batch that was not full: under load the next one is larger, and costs less per event. */
const REST_MS = 40;
/** How soon a swap, or what an operator has decided, is noticed. */
const LOOK_MS = 500;

/** One subscription, until a lease, a collection or an operator's decision changes, or a pause is over. */
interface Round {
  readonly work: Work;
  readonly leases: Leases;
  readonly signal: AbortSignal;
  readonly end: () => void;
}

export async function followRound(work: Work, leases: Leases, upgrades: Upgrades): Promise<void> {
  const { follower } = work;
  const ending = new AbortController();
  const end = (): void => ending.abort();
  work.endRound = end;
  follower.signal.addEventListener('abort', end, { once: true });
  if (follower.signal.aborted) end();
  const round: Round = { work, leases, signal: ending.signal, end };
  const held = leases.held();
  upgrades.keepOnly(held);
  const { followed, watched, outdated, nextTry } = await openHeld(work, held);
  upgrades.begin(outdated);
  const watch = setInterval(
    oneAtATime(() => endOnChange(round, watched)),
    LOOK_MS,
  );
  const timer = wake(nextTry, end);
  try {
    if (followed.length > 0) await followAll(round, followed);
    else await ended(ending.signal);
  } finally {
    clearInterval(watch);
    clearTimeout(timer);
    end();
    follower.signal.removeEventListener('abort', end);
  }
}

const wake = (at: number, end: () => void): NodeJS.Timeout | undefined =>
  Number.isFinite(at) ? setTimeout(end, Math.max(0, at - performance.now())) : undefined;

async function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function endOnChange({ work, end }: Round, watched: readonly Watched[]): Promise<void> {
  try {
    if (await anyChanged(work.follower.readStore, watched)) end();
  } catch {
    // The store is away; the writes will say so.
  }
}

async function anyChanged(readStore: ReadStore, watched: readonly Watched[]): Promise<boolean> {
  for (const one of watched) {
    const known = one.faults;
    const live = await findLive(readStore, one.projection);
    if (live?.record !== one.live.record) return true;
    const { version } = await readFaults(readStore, live.spec);
    // What this process has recorded itself meanwhile is no news.
    if (version !== known && version !== one.faults) return true;
  }
  return false;
}

async function followAll(round: Round, followed: Followed[]): Promise<void> {
  const { eventStore } = round.work.follower;
  const after = lowest(followed.map(({ target }) => target.position));
  const messages = eventStore.subscribe({ after, prefixes: streamPrefixes, signal: round.signal });
  for await (const batch of inBatches(eventsOf(messages), BATCH)) {
    for (const one of [...followed]) {
      if (await takeBatch(round, one, batch)) continue;
      followed.splice(followed.indexOf(one), 1);
    }
    if (round.signal.aborted || followed.length === 0) break;
    if (batch.length < BATCH) await delay(REST_MS);
  }
  if (!round.signal.aborted) await ended(round.signal);
}

/** False when the projection is to be left behind for this round. */
async function takeBatch(
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

async function recovered(work: Work, { watched, target }: Followed): Promise<void> {
  const { version } = await changeFaults(work.follower.readStore, target.spec, withFailure(null));
  watched.faults = version;
  watched.failed = false;
  work.troubles.delete(target.projection.name);
}

async function getPast(
  round: Round,
  one: Followed,
  given: { readonly batch: readonly RecordedEvent[]; readonly error: unknown },
): Promise<boolean> {
  const { work, end } = round;
  const { follower, troubles } = work;
  const { name } = one.target.projection;
  try {
    const { target, error } = await blame(follower.readStore, one.target, given);
    one.target = target;
    if (error === undefined) return true;
    const attempts = attemptsAt(error, troubles.get(name));
    if (isGivenUp(error, attempts) && mayPark(follower, target)) {
      const parked = await park(follower, target, error);
      one.target = parked.target;
      one.watched.faults = parked.version;
      one.watched.failed = false;
      troubles.delete(name);
      return await takeBatch(round, one, given.batch);
    }
    const { trouble, version } = await leave(follower, target, { error, attempts });
    troubles.set(name, trouble);
    one.watched.faults = version;
    wake(trouble.retryAt, end)?.unref();
  } catch (error) {
    if (!(error instanceof Fenced)) throw error;
    // Another has taken it over; or this process itself, when the answer to a write was lost.
    end();
  }
  return false;
}

async function* eventsOf(
  messages: AsyncIterable<SubscriptionMessage>,
): AsyncGenerator<RecordedEvent> {
  for await (const message of messages) if (message.kind === 'event') yield message.event;
}
