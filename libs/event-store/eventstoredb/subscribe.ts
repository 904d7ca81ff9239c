import type { Position as LogPosition } from '@eventstore/db-client';
import { rested } from '#threads';
import { checkPrefixes } from '../checks.ts';
import { flat } from '../pages.ts';
import type { SubscribeOptions, SubscriptionMessage } from '../port.ts';
import type { Connection } from './connection.ts';
import { isFinal } from './errors.ts';
import { fromPosition } from './position.ts';
import { session } from './session.ts';
import type { SessionItem } from './session.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/** Where a subscription has got to, over all its sessions. */
interface Progress {
  from: LogPosition | undefined;
  /** Sessions in a row that brought nothing. */
  failures: number;
}

/**
 * Sessions one after the other, each from where the one before got to. Throws only what no
 * repetition will mend (access denied, an unsupported server). `onDisconnected` is told each time a
 * session broke, with what was wrong.
 */
export async function* subscribe(
  connection: Connection,
  { after, prefixes, signal }: SubscribeOptions,
  onDisconnected: (error: unknown) => void,
): AsyncGenerator<SubscriptionMessage> {
  checkPrefixes(prefixes);
  const from = after === undefined ? undefined : fromPosition(after);
  const progress: Progress = { from, failures: 0 };
  const stop = stopOn([signal, connection.closing]);
  try {
    while (!stop.signal.aborted) {
      const items = flat(session(connection, progress.from, prefixes, stop.signal));
      yield* mended(delivered(items, progress, stop.signal), stop.signal, onDisconnected);
      progress.failures += 1;
      await backOff(progress.failures, stop.signal);
    }
  } finally {
    stop.release();
  }
}

/** Lets a broken session look like one that ended. */
async function* mended(
  messages: AsyncIterable<SubscriptionMessage>,
  stop: AbortSignal,
  onDisconnected: (error: unknown) => void,
): AsyncGenerator<SubscriptionMessage> {
  try {
    yield* messages;
  } catch (error) {
    if (stop.aborted) return;
    if (isFinal(error)) throw error;
    onDisconnected(error);
  }
}

async function* delivered(
  items: AsyncIterable<SessionItem>,
  progress: Progress,
  stop: AbortSignal,
): AsyncGenerator<SubscriptionMessage> {
  for await (const item of items) {
    if (stop.aborted) return;
    progress.failures = 0;
    // Only what was delivered counts: servers name checkpoints ahead of events still to come, without
    // a place, again, or backwards (KurrentDB 4892, 4970, 3697), and going on there would lose events.
    if (item.kind === 'checkpoint') continue;
    yield item;
    // Only now has the consumer come back for more, and so is done with this one.
    if (item.kind === 'event') progress.from = fromPosition(item.event.position);
  }
}

/** Aborts with the first of the signals; `release` leaves no listener behind. */
function stopOn(signals: readonly AbortSignal[]): {
  signal: AbortSignal;
  release: () => void;
} {
  const controller = new AbortController();
  const abort = () => controller.abort();
  for (const signal of signals) {
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  }
  return {
    signal: controller.signal,
    release: () => {
      for (const signal of signals) signal.removeEventListener('abort', abort);
    },
  };
}

/** Twice as long each time, and anything between half and all of it, so that many do not come back at once. */
async function backOff(failures: number, signal: AbortSignal): Promise<void> {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
  await rested(longest * (0.5 + Math.random() / 2), signal);
}
