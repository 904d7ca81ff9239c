import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import type { SubscriptionMessage } from '../port.ts';
import type { Reader } from './read.ts';
import { toEvent } from './rows.ts';
import type { Row } from './rows.ts';

/** Tells subscribers that the log may have grown. */
export interface Growth {
  /** Counts up with every change noticed. */
  readonly version: () => number;
  /**
   * Settles when the version is no longer `seen`, on abort or on close.
   * @throws SqliteError the log cannot be looked at
   */
  readonly changedSince: (seen: number, signal: AbortSignal) => Promise<void>;
  /** To be called after an append through this connection. */
  readonly notice: () => void;
  readonly closed: () => boolean;
  readonly close: () => void;
}

/**
 * Own appends are noticed at once. Those of other processes show in SQLite's `data_version`, a
 * counter in shared memory that is cheap to look at.
 */
export function createGrowth(db: Database, pollMs: number): Growth {
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  let known = dataVersion.get();
  let version = 0;
  let closed = false;

  const notice = () => {
    version += 1;
    sleepers.wake();
  };
  const look = () => {
    const current = dataVersion.get();
    if (current === known) return;
    known = current;
    notice();
  };
  // Nobody catches what a timer throws: who sleeps is woken, looks for himself and is told.
  const lookOrWake = () => {
    try {
      look();
    } catch {
      notice();
    }
  };
  const sleepers = createSleepers(lookOrWake, pollMs);

  return {
    version: () => version,
    closed: () => closed,
    notice,
    changedSince: async (seen, signal) => {
      if (!closed && !signal.aborted) look();
      if (version === seen && !closed && !signal.aborted) await sleepers.sleep(signal);
    },
    close: () => {
      closed = true;
      notice();
    },
  };
}

interface Sleepers {
  readonly sleep: (signal: AbortSignal) => Promise<void>;
  readonly wake: () => void;
}

/** The timer runs only while somebody sleeps, and never keeps the process alive. */
function createSleepers(look: () => void, everyMs: number): Sleepers {
  const sleeping = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  const sleep = (signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        sleeping.delete(wake);
        signal.removeEventListener('abort', wake);
        if (sleeping.size === 0) clearInterval(timer);
        resolve();
      };
      if (sleeping.size === 0) timer = setInterval(look, everyMs).unref();
      sleeping.add(wake);
      signal.addEventListener('abort', wake);
    });
  return { sleep, wake: () => [...sleeping].forEach((wake) => wake()) };
}

/** History, then live: the same loop, which waits for growth once a look at the log finds nothing new. */
export async function* follow(
  reader: Reader,
  growth: Growth,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<SubscriptionMessage> {
  const over = () => signal.aborted || growth.closed();
  let cursor = after;
  let behind = true;
  while (!over()) {
    const seen = growth.version();
    const end = reader.end();
    if (cursor < end) {
      const page = reader.page(cursor, end);
      behind ||= page.rows.length > 0;
      yield* messages(page.rows, over);
      cursor = page.next;
      await nextTurn();
    } else if (behind) {
      behind = false;
      yield { kind: 'caught-up' };
    } else {
      await growth.changedSince(seen, signal);
    }
  }
}

function* messages(rows: readonly Row[], over: () => boolean): Generator<SubscriptionMessage> {
  for (const row of rows) {
    if (over()) return;
    yield { kind: 'event', event: toEvent(row) };
  }
}
