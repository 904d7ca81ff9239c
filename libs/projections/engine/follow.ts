import { setTimeout as delay } from 'node:timers/promises';
import { streamPrefixes } from '#domain';
import type { EventStore, Position, RecordedEvent, SubscriptionMessage } from '#event-store';
import type { ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { inBatches } from './batches.ts';
import { findLive, requireLive, type Live } from './generations.ts';
import { rebuild } from './rebuild.ts';
import { clearFailure, readFailure, recordFailure } from './status.ts';
import { advance, openTarget, type Target } from './target.ts';

/** What a follower needs; `log` is told what an operator should know. */
export interface Follower {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly projections: readonly Projection[];
  readonly signal: AbortSignal;
  readonly log: (level: 'info' | 'error', message: string, detail: object) => void;
}

/** Events per batch: enough to amortise a write, little enough to keep memory flat. */
export const BATCH = 1000;
/** Rest after a batch that was not full: under load the next one is larger, and costs less per event. */
const REST_MS = 40;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 30_000;
const LOOK_FOR_SWAPS_MS = 500;

interface Followed {
  readonly live: Live;
  target: Target;
  /** Its record says that it failed, which the next success must take back. */
  failed: boolean;
}

/**
 * Keeps every projection up with the log until told to stop. The log is read once for all of
 * them. A projection that fails is left behind, recorded as failed, and tried again with growing
 * pauses; the others go on.
 */
export async function follow(follower: Follower): Promise<void> {
  const { signal } = follower;
  for (let failures = 0; !signal.aborted;) {
    const failed = await oneRound(follower, pauseFor(failures)).catch((error: unknown) => {
      if (signal.aborted) return 0;
      follower.log('error', 'projector: interrupted, trying again', { error: String(error) });
      return 1;
    });
    failures = failed > 0 ? failures + 1 : 0;
    if (failed > 0) await delay(pauseFor(failures), undefined, { signal }).catch(() => undefined);
  }
}

const pauseFor = (failures: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);

/** A read model filled by another version of its projection is filled anew before it is followed. */
async function rebuildOutdated(follower: Follower): Promise<void> {
  const { eventStore, readStore, projections, signal, log } = follower;
  const lives = await Promise.all(projections.map((one) => findLive(readStore, one)));
  const outdated = projections.filter((one, index) => {
    const live = lives[index];
    return live && live.version !== one.version;
  });
  if (outdated.length === 0) return;
  log('info', 'projector: rebuilding changed projections', {
    names: outdated.map((one) => one.name),
  });
  await rebuild({ eventStore, readStore, signal }, outdated);
}

/** Answers how many projections failed in it. */
async function oneRound(follower: Follower, patience: number): Promise<number> {
  await rebuildOutdated(follower);
  return followUntilSwapOrFailure(follower, patience);
}

async function followUntilSwapOrFailure(follower: Follower, patience: number): Promise<number> {
  const { eventStore, readStore, projections } = follower;
  const followed = await Promise.all(projections.map((one) => openFollowed(readStore, one)));
  const round = new AbortController();
  const stop = (): void => round.abort();
  follower.signal.addEventListener('abort', stop, { once: true });
  const watch = setInterval(() => void abortOnSwap(readStore, followed, round), LOOK_FOR_SWAPS_MS);
  const state = { failed: 0 };
  try {
    const after = lowest(followed.map(({ target }) => target.position));
    const messages = eventStore.subscribe({
      after,
      prefixes: streamPrefixes,
      signal: round.signal,
    });
    for await (const batch of inBatches(eventsOf(messages), BATCH)) {
      await advanceAll(follower, followed, batch, state);
      if (round.signal.aborted || followed.length === 0) break;
      if (state.failed > 0) setTimeout(stop, patience).unref();
      if (batch.length < BATCH) await delay(REST_MS);
    }
  } finally {
    clearInterval(watch);
    round.abort();
    follower.signal.removeEventListener('abort', stop);
  }
  return state.failed;
}

async function openFollowed(readStore: ReadStore, projection: Projection): Promise<Followed> {
  const live = await requireLive(readStore, projection);
  const failed = (await readFailure(readStore, projection)) !== undefined;
  return { live, failed, target: await openTarget(readStore, projection, live.spec) };
}

/** Ends the round when an operator has swapped a collection in; the next one follows the new. */
async function abortOnSwap(
  readStore: ReadStore,
  followed: readonly Followed[],
  round: AbortController,
): Promise<void> {
  try {
    if (await anySwapped(readStore, followed)) round.abort();
  } catch {
    // The store is away; the writes will say so.
  }
}

async function anySwapped(readStore: ReadStore, followed: readonly Followed[]): Promise<boolean> {
  for (const { live, target } of followed) {
    const now = await findLive(readStore, target.projection);
    if (now?.record !== live.record) return true;
  }
  return false;
}

async function advanceAll(
  follower: Follower,
  followed: Followed[],
  batch: readonly RecordedEvent[],
  state: { failed: number },
): Promise<void> {
  const { readStore, log } = follower;
  for (const one of [...followed]) {
    try {
      one.target = await advance(readStore, one.target, batch);
      if (one.failed) await clearFailure(readStore, one.target.projection);
      one.failed = false;
    } catch (error) {
      const { name } = one.target.projection;
      log('error', 'projector: a projection failed', { name, error: String(error) });
      await recordFailure(readStore, one.target, error).catch(() => undefined);
      followed.splice(followed.indexOf(one), 1);
      state.failed += 1;
    }
  }
}

async function* eventsOf(
  messages: AsyncIterable<SubscriptionMessage>,
): AsyncGenerator<RecordedEvent> {
  for await (const message of messages) if (message.kind === 'event') yield message.event;
}

function lowest(positions: readonly (Position | undefined)[]): Position | undefined {
  if (positions.some((position) => position === undefined)) return undefined;
  return [...positions].sort()[0];
}
