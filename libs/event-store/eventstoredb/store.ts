import { inPages } from '../pages.ts';
import type { EventStore } from '../port.ts';
import { append } from './append.ts';
import { connect } from './connection.ts';
import { bytes } from './position.ts';
import { head, eventAt, readAll, readStream } from './read.ts';
import { subscribe } from './subscribe.ts';

export interface EventStoreDbOptions {
  /** How long an answer may take before the store counts as unavailable, in milliseconds. Default 10,000. */
  readonly deadlineMs?: number;
  /** Told each time a subscription lost its connection and is about to be mended. */
  readonly onDisconnected?: (error: unknown) => void;
}

/** About what an event of this service takes in the server's log, with its metadata. */
const EVENT_BYTES = 1024;

/**
 * The event log in EventStoreDB, version 23.10 or later. Connects when first used, as a user who may
 * read $all. An append larger than the server's MaxAppendSize (1 MiB unless configured) is refused
 * with the client's own error, as is a user without access: asking again would not help.
 */
export function openEventStoreDb(
  connectionString: string,
  { deadlineMs = 10_000, onDisconnected = () => undefined }: EventStoreDbOptions = {},
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
    readPages: (options = {}) => inPages(readAll(connection, options)),
    subscribe: (options) => subscribe(connection, options, onDisconnected),
    head: (prefixes) => head(connection, prefixes),
    eventAt: (position) => eventAt(connection, position),
    between: (after, upTo) => Math.max(0, Math.ceil((bytes(upTo) - bytes(after)) / EVENT_BYTES)),
    close: () => connection.close(),
  };
}
