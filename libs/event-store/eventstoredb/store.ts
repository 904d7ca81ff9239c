import { inPages } from '../pages.ts';
import { checkPrefixes } from '../checks.ts';
import type { EventStore, Position, ReadAllOptions, RecordedEvent } from '../port.ts';
import { append } from './append.ts';
import { connect, type Connection } from './connection.ts';
import type { Reading } from './page-thread.ts';
import { pagesBeside } from './pages-beside.ts';
import { bytes } from './position.ts';
import { readStream } from './read.ts';
import { endOfLog, eventAt, head, readAll, readAllInBunches } from './read-log.ts';
import { subscribe } from './subscribe.ts';

export interface EventStoreDbOptions {
  /** How long an answer may take before the store counts as unavailable, in milliseconds. Default 10,000. */
  readonly deadlineMs?: number;
  /** Told each time a subscription lost its connection and is about to be mended. */
  readonly onDisconnected?: (error: unknown) => void;
  /** From about how many events on a read of the log has a thread of its own. Default 20,000. */
  readonly longFrom?: number;
}

const LONG_FROM = 20_000;

/** About what an event of this service takes in the server's log, with its metadata. */
const EVENT_BYTES = 1024;

/**
 * The event log in EventStoreDB, version 23.10 or later. Connects when first used, as a user who may
 * read $all. An append larger than the server's MaxAppendSize (1 MiB unless configured) is refused
 * with the client's own error, as is a user without access: asking again would not help.
 */
export function openEventStoreDb(
  connectionString: string,
  {
    deadlineMs = 10_000,
    onDisconnected = () => undefined,
    longFrom = LONG_FROM,
  }: EventStoreDbOptions = {},
): EventStore {
  const connection = connect(connectionString, deadlineMs);
  return {
    append: (stream, expected, events) => append(connection, stream, expected, events),
    // One answered before the next is sent: a server promises no order among appends under way at once.
    appendInOrder: async (appends) => {
      for (const { stream, expected, events } of appends) {
        await append(connection, stream, expected, events);
      }
    },
    readStream: (stream, options) => readStream(connection, stream, options),
    readAll: (options = {}) => readAll(connection, options),
    readPages: (options = {}) =>
      readPages(connection, options, { connectionString, deadlineMs, longFrom }),
    subscribe: (options) => subscribe(connection, options, onDisconnected),
    head: (prefixes) => head(connection, prefixes),
    eventAt: (position) => eventAt(connection, position),
    between: eventsBetween,
    close: () => connection.close(),
  };
}

const eventsBetween = (after: Position | undefined, upTo: Position): number =>
  Math.max(0, Math.ceil((bytes(upTo) - bytes(after)) / EVENT_BYTES));

type Long = Pick<Reading, 'connectionString' | 'deadlineMs'> & { readonly longFrom: number };

/** A short read is over before a thread for it has begun. */
async function* readPages(
  connection: Connection,
  { after, prefixes, limit }: ReadAllOptions,
  { longFrom, ...own }: Long,
): AsyncGenerator<readonly RecordedEvent[]> {
  checkPrefixes(prefixes);
  const end = await endOfLog(connection);
  const isLong = end !== undefined && eventsBetween(after, end) >= longFrom;
  if (isLong && limit === undefined) {
    yield* pagesBeside({ ...own, after, prefixes }, connection.closing);
  } else {
    yield* inPages(readAllInBunches(connection, { after, prefixes, limit }, Promise.resolve(end)));
  }
}
