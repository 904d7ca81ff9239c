import { setTimeout as delay } from 'node:timers/promises';
import { streamPrefixes } from '#domain';
import type { RecordedEvent, SubscriptionMessage } from '#event-store';
import { Fenced } from '#read-store';
import { astrayFrom } from '../checking/astray.ts';
import { blame } from '../faults/blame.ts';
import { hasRoom, park } from '../faults/park.ts';
import { attemptsAt, isGivenUp } from '../faults/troubles.ts';
import { advance, lowest, type Target } from '../folding/checkpoint.ts';
import type { EventFault } from '../folding/event-fault.ts';
import { inCollection, withFailure } from '../ledger/faults.ts';
import { watchKey } from '../ledger/ledger.ts';
import { changeLedger, findLedger } from '../ledger/record.ts';
import { parksByDefault } from '../projection.ts';
import { inBatches } from './batches.ts';
import { leaveBehind } from './left-behind.ts';
import type { Leases } from './leases.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { noteOwn, openHeld, type Followed, type Watched } from './open-held.ts';
import type { Upgrades } from './upgrades.ts';
import type { Work } from './work.ts';

/** Events per batch: enough to amortise a write, little enough to keep memory flat. */
export const BATCH = 1000;
/** Rest after a batch that was not full: under load the next one is larger, and costs less per event. */
const REST_MS = 40;
/** How soon a swap, or what an operator has decided, is noticed. */
const LOOK_MS = 500;
/** How soon it is noticed that the log below has become another, without the process starting anew. */
const LOG_LOOK_MS = 10_000;

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
  const logWatch = setInterval(
    oneAtATime(() => endOnOtherLog(round, followed)),
    LOG_LOOK_MS,
  );
  const timer = wake(nextTry, end);
  try {
    if (followed.length > 0) await followAll(round, followed);
    else await ended(ending.signal);
  } finally {
    clearInterval(watch);
    clearInterval(logWatch);
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
    for (const one of watched) {
      const seen = one.seen;
      const ledger = await findLedger(work.follower.readStore, one.projection);
      const key = ledger && watchKey(ledger);
      // What this process has recorded itself meanwhile is no news.
      if (key !== seen && key !== one.seen) end();
    }
  } catch {
    // The store is away; the writes will say so.
  }
}

async function endOnOtherLog({ work, end }: Round, followed: readonly Followed[]): Promise<void> {
  try {
    for (const { target } of followed) {
      if ((await astrayFrom(work.follower.eventStore, target)) !== undefined) end();
    }
  } catch {
    // The log is away; the subscription will say so.
  }
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

async function* eventsOf(
  messages: AsyncIterable<SubscriptionMessage>,
): AsyncGenerator<RecordedEvent> {
  for await (const message of messages) if (message.kind === 'event') yield message.event;
}
