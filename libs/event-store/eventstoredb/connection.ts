import { setMaxListeners } from 'node:events';
import { EventStoreDBClient } from '@eventstore/db-client';
import { flat } from '../pages.ts';
import { EventStoreRefuses, EventStoreUnavailable } from '../port.ts';
import { whyUndiscovered } from './certificate.ts';

export interface Connection {
  readonly client: EventStoreDBClient;
  /** How long the server may stay silent when an answer is due, in milliseconds. */
  readonly deadlineMs: number;
  /** Aborted by `close`; whatever still runs then ends. */
  readonly closing: AbortSignal;
  readonly close: () => Promise<void>;
}

/** @throws EventStoreRefuses the address is none, or a file it names is not there. */
export function connect(connectionString: string, deadlineMs: number): Connection {
  const client = clientFor(connectionString);
  // The client appends over one shared call where the server supports it. When that call breaks, it
  // leaves appends that are queued on it as unhandled rejections, which end the process; and one that
  // is not answered waits for ever. A call of its own for each append has neither fault.
  Object.assign(client, { supports: () => Promise.resolve(false) });
  tellWhyUndiscovered(client, connectionString);
  const closing = new AbortController();
  // Every read under way listens to it.
  setMaxListeners(0, closing.signal);
  return {
    client,
    deadlineMs,
    closing: closing.signal,
    close: () => {
      closing.abort();
      // Cancels what is left at once; its promise waits for every call to be read to its end.
      void client.dispose();
      return Promise.resolve();
    },
  };
}

function clientFor(connectionString: string): EventStoreDBClient {
  try {
    return EventStoreDBClient.connectionString(connectionString);
  } catch (cause) {
    // What it quotes may be a piece of a password.
    const said = (cause as Error).message.replace(/"[^"]*"/g, '"…"');
    throw new EventStoreRefuses(`EVENTSTORE_URL: ${said.split('\n')[0]}`, 'correct it', { cause });
  }
}

/** Where a cluster's nodes cannot be asked because of their certificates, that is what is thrown. */
function tellWhyUndiscovered(client: EventStoreDBClient, connectionString: string): void {
  const own = client as unknown as { resolveUri: () => Promise<string> };
  const { resolveUri } = own;
  own.resolveUri = async () => {
    try {
      return await resolveUri();
    } catch (error) {
      throw (await whyUndiscovered(connectionString, error)) ?? error;
    }
  };
}

/** The part of a readable stream that is used here. */
interface Source {
  on(event: 'error', listener: () => void): unknown;
  once(event: 'confirmation', listener: () => void): unknown;
  destroy(error?: Error): unknown;
  resume(): unknown;
  /** The next item that has come already; null where none has. */
  read(): unknown;
  iterator(options: { destroyOnReturn: boolean }): AsyncIterable<unknown>;
}

/**
 * Reads that end are answered by the leader: what a node that lags does not have yet is not missing.
 * Another node says who leads, and the client goes there, as with an append.
 */
export const OF_LEADER = { requiresLeader: true } as const;

/** Events of a read that is let finish though nobody wants the rest. */
export const SHORT = 100;

/** A readable of the client, and how to end the call that feeds it: destroying alone leaves it open. */
export interface Call {
  readonly readable: Source;
  cancel(): Promise<void>;
  /** Event of the readable after which silence is no sign of trouble. */
  readonly patientFrom?: 'confirmation';
  /**
   * The server was told how few items to send. Where the consumer leaves early it is then let finish:
   * servers take many calls cut short in a row for an attack (HTTP/2 "rapid reset") and close the
   * connection, with every append and read under way on it.
   */
  readonly isShort?: boolean;
}

/** What the call delivers, one at a time; see {@link bunches}. */
export const items = <T>(connection: Connection, call: Call): AsyncGenerator<T> =>
  flat(bunches<T>(connection, call));

/**
 * What the call delivers, as many at a time as have come: a promise for each would cost more than
 * many an item. The next are fetched when the consumer asks for them.
 * Ends when the server ends it, throws what the client emits, and throws `EventStoreUnavailable`
 * where the server stays silent longer than the deadline or the connection is closed here.
 */
export async function* bunches<T>(
  connection: Connection,
  call: Call,
): AsyncGenerator<readonly T[]> {
  const { readable } = call;
  const fail = (reason: string) =>
    readable.destroy(new EventStoreUnavailable(`EventStoreDB: ${reason}`));
  const onClosing = () => fail('closed');
  // Errors can still come when nobody iterates any more; without a listener they would end the process.
  readable.on('error', () => undefined);
  connection.closing.addEventListener('abort', onClosing);
  if (connection.closing.aborted) onClosing();
  const silence = watchSilence(connection.deadlineMs, () => fail('no answer in time'));
  if (call.patientFrom) readable.once(call.patientFrom, silence.stop);
  let isLeft = false;
  try {
    for await (const item of readable.iterator({ destroyOnReturn: false })) {
      silence.pause();
      isLeft = true;
      yield withWaiting(item, readable) as T[];
      isLeft = false;
      silence.resume();
    }
  } finally {
    if (isLeft && call.isShort) {
      silence.resume();
      await readOut(readable).catch(() => undefined);
    }
    silence.stop();
    connection.closing.removeEventListener('abort', onClosing);
    call.cancel().catch(() => undefined);
    // The client forgets a call only when it was cancelled in time or read to its end.
    readable.resume();
  }
}

/** An item, and those that have come with it. */
function withWaiting(item: unknown, readable: Source): unknown[] {
  const bunch = [item];
  for (let next = readable.read(); next !== null; next = readable.read()) bunch.push(next);
  return bunch;
}

async function readOut(readable: Source): Promise<void> {
  const rest = readable.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]();
  while (!(await rest.next()).done);
}

interface Silence {
  /** The consumer is busy: silence is not the server's. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly stop: () => void;
}

/** One timer for the whole call, since setting one for every item would cost more than the item. */
function watchSilence(limitMs: number, onTooLong: () => void): Silence {
  let since: number | undefined = performance.now();
  const timer = setInterval(() => {
    if (since !== undefined && performance.now() - since > limitMs) onTooLong();
  }, limitMs / 4);
  return {
    pause: () => (since = undefined),
    resume: () => (since = performance.now()),
    stop: () => clearInterval(timer),
  };
}
