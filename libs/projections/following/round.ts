import { streamPrefixes } from '#domain';
import type { RecordedEvent, SubscriptionMessage } from '#event-store';
import { rested } from '#threads';
import { astrayFrom } from '../checking/astray.ts';
import { lowest } from '../folding/checkpoint.ts';
import { watchKey } from '../ledger/ledger.ts';
import { findLedger } from '../ledger/record.ts';
import { inBatches } from './batches.ts';
import type { Leases } from './leases.ts';
import type { Projection } from '../projection.ts';
import { every } from './every.ts';
import { openHeld, type Followed, type Watched } from './open-held.ts';
import { takeBatch, wake, type Round } from './take-batch.ts';
import type { Upgrades } from './upgrades.ts';
import type { Work } from './work.ts';

/** Events per batch: enough to amortise a write, little enough to keep memory flat. */
export const BATCH = 1000;
/**
 * Rest after a batch that was not full, longer the more there was in it: under load the next one is
 * larger, and costs less per event, and commands have the rest of the processor.
 */
const LEAST_REST_MS = 20;
const REST_MS_AN_EVENT = 1;
/** What a list may be behind under load. */
const MOST_REST_MS = 200;
/** How soon a swap, or what an operator has decided, is noticed. */
const LOOK_MS = 500;
/** How soon it is noticed that the log below has become another, without the process starting anew. */
const LOG_LOOK_MS = 10_000;

export async function followRound(
  work: Work,
  leases: Leases<Projection>,
  upgrades: Upgrades,
): Promise<void> {
  const { follower } = work;
  const ending = new AbortController();
  const end = (): void => ending.abort();
  work.endRound = end;
  follower.signal.addEventListener('abort', end, { once: true });
  try {
    if (follower.signal.aborted) end();
    const held = leases.held();
    upgrades.keepOnly(held);
    await followHeld({ work, leases, signal: ending.signal, end }, held, upgrades);
  } finally {
    end();
    follower.signal.removeEventListener('abort', end);
  }
}

async function followHeld(
  round: Round,
  held: readonly Projection[],
  upgrades: Upgrades,
): Promise<void> {
  const { followed, watched, outdated, nextTry } = await openHeld(round.work, held);
  upgrades.begin(outdated);
  const stopWatching = every(LOOK_MS, () => endOnChange(round, watched));
  const stopWatchingLog = every(LOG_LOOK_MS, () => endOnOtherLog(round, followed));
  const timer = wake(nextTry, round.end);
  try {
    if (followed.length > 0) await followAll(round, followed);
    else await untilAborted(round.signal);
  } finally {
    stopWatching();
    stopWatchingLog();
    clearTimeout(timer);
  }
}

async function untilAborted(signal: AbortSignal): Promise<void> {
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
    if (batch.length < BATCH) await restAfter(batch.length, round.signal);
  }
  if (!round.signal.aborted) await untilAborted(round.signal);
}

async function restAfter(events: number, signal: AbortSignal): Promise<void> {
  const ms = Math.min(LEAST_REST_MS + REST_MS_AN_EVENT * events, MOST_REST_MS);
  await rested(ms, signal);
}

async function* eventsOf(
  messages: AsyncIterable<SubscriptionMessage>,
): AsyncGenerator<RecordedEvent> {
  for await (const message of messages) if (message.kind === 'event') yield message.event;
}
