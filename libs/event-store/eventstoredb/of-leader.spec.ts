import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import type { Position } from '../port.ts';
import type { Connection } from './connection.ts';
import { readStream } from './read.ts';
import { eventAt, head, readAll } from './read-log.ts';

/** A server that knows nothing, and what it was asked. */
function asked() {
  const options: object[] = [];
  const nothing = (given: object) => {
    options.push(given);
    const readable = new PassThrough({ objectMode: true }).end();
    return Object.assign(readable, {
      cancel: () => Promise.resolve(),
      unsubscribe: () => Promise.resolve(),
    });
  };
  const client = {
    readAll: nothing,
    readStream: (_stream: string, given: object) => nothing(given),
    subscribeToAll: nothing,
    getStreamMetadata: (_stream: string, given: object) => {
      options.push(given);
      return Promise.resolve({ metadata: undefined });
    },
  };
  const { signal } = new AbortController();
  const connection = { client, deadlineMs: 1000, closing: signal } as unknown as Connection;
  return { connection, options };
}

const position = '1'.padStart(20, '0') as Position;

it.each<[string, (connection: Connection) => Promise<unknown>]>([
  ['the end of the log', (connection) => head(connection, undefined)],
  ['an event at its place', (connection) => eventAt(connection, position)],
  ['a stream', (connection) => readStream(connection, 'register-1').next()],
  ['all of the log', (connection) => readAll(connection, {}).next()],
])(
  '%s is asked of the leader: a node that lags does not say that something is missing',
  async (_what, read) => {
    const { connection, options } = asked();
    await read(connection).catch(() => undefined);
    expect(options).not.toEqual([]);
    for (const one of options) expect(one).toMatchObject({ requiresLeader: true });
  },
);
