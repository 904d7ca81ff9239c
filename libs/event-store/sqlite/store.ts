import { checkPrefixes } from '../checks.ts';
import type { EventStore } from '../port.ts';
import { createAppender } from './append.ts';
import { guarded, openDatabase } from './database.ts';
import {
  createPlaceReader,
  createReader,
  createStreamReader,
  oneByOne,
  parsed,
  readLog,
} from './read.ts';
import type { Reader } from './read.ts';
import { fromPosition } from './rows.ts';
import { createGrowth, follow } from './subscribe.ts';
import { createWriterBeside, createWriterHere } from './writer.ts';

export interface SqliteEventStoreOptions {
  /** How long to wait for another process that is writing, in milliseconds. Default 5000. */
  readonly busyTimeoutMs?: number;
  /** How often a subscription looks for appends of other processes, in milliseconds. Default 50. */
  readonly pollMs?: number;
  /** Which thread writes: `here`, the one that opens it (default), or one `beside` it. */
  readonly writer?: 'here' | 'beside';
}

/**
 * The event log in one SQLite file, whose folder must exist. Any number of processes may have it open.
 *
 * @throws EventStoreUnavailable the file cannot be opened.
 */
export function openSqliteEventStore(
  path: string,
  { busyTimeoutMs = 5000, pollMs = 20, writer = 'here' }: SqliteEventStoreOptions = {},
): EventStore {
  const db = openDatabase(path, busyTimeoutMs);
  const growth = createGrowth(db, pollMs);
  const writing =
    writer === 'here' ? createWriterHere(db) : createWriterBeside({ path, busyTimeoutMs });
  const appender = createAppender(writing, growth.notice);
  const readStream = createStreamReader(db);
  const eventAt = createPlaceReader(db);
  const readers = new Map<string, Reader>();
  const reader = (prefixes: readonly string[] | undefined): Reader => {
    checkPrefixes(prefixes);
    const key = JSON.stringify(prefixes ?? null);
    const known = readers.get(key) ?? guarded(() => createReader(db, prefixes));
    readers.set(key, known);
    return known;
  };

  return {
    append: appender.append,
    appendInOrder: appender.appendInOrder,
    readStream: (stream, options = {}) => readStream(stream, options),
    readAll: ({ after, prefixes, limit } = {}) =>
      oneByOne(readLog(reader(prefixes), fromPosition(after), limit)),
    readPages: ({ after, prefixes, limit } = {}) =>
      parsed(readLog(reader(prefixes), fromPosition(after), limit)),
    subscribe: ({ after, prefixes, signal }) =>
      follow(reader(prefixes), growth, fromPosition(after), signal),
    // Async, so that what they throw rejects.
    head: async (prefixes) => Promise.resolve(reader(prefixes).head()),
    eventAt: async (position) => Promise.resolve(eventAt(fromPosition(position))),
    between: (after, upTo) => Math.max(0, fromPosition(upTo) - fromPosition(after)),
    close: async () => {
      await appender.close();
      growth.close();
      db.close();
    },
  };
}
