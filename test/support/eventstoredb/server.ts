import { Server, ServerCredentials, ServerInterceptingCall, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerInterceptor, ServerUnaryCall } from '@grpc/grpc-js';
import { handleAppend, handleBatchAppend } from './append.ts';
import { handleDelete } from './delete.ts';
import { writeForeign } from './foreign.ts';
import { openJournal } from './journal.ts';
import type { AppendFailure } from './append.ts';
import { MemoryLog } from './log.ts';
import type { Proposed } from './log.ts';
import { features, rpcError, ServerFeaturesService, StreamsService } from './protocol.ts';
import { handleRead } from './read.ts';
import type { Checkpoints, SubscriptionCall } from './read.ts';
import { startRelay } from '../relay.ts';
import { certificate, key } from './tls.ts';

export type { AppendFailure } from './append.ts';

/** An EventStoreDB to test against: the protocol of version 23.10 over real gRPC, the log in memory. */
export interface EventStoreDbDouble {
  readonly connectionString: string;
  /** How many appends came in by either call. */
  readonly calls: { append: number; batchAppend: number };
  /** Writes as another client would. @throws when the expected version (−1: no stream) is wrong. */
  write(stream: string, expected: number, events: readonly Proposed[]): void;
  /** Writes about so many events of streams that are none of ours: other products', system streams', bytes that are no JSON. */
  writeForeign(events: number): void;
  /** Cuts every connection; clients may connect again at once. */
  dropConnections(): void;
  failNextAppend(failure: AppendFailure): void;
  /** Answers every call from now on with this status of gRPC; undefined: serves again. */
  refuseCalls(code: status | undefined): void;
  /** Ends the subscriptions under way, with this status of gRPC; OK ends them cleanly. Answers how many. */
  endSubscriptions(code: status): number;
  /** Cuts every connection and refuses new ones; the data stays. */
  stop(): Promise<void>;
  /** Takes connections again on the same port. */
  restart(): Promise<void>;
  /** Ends the double for good. */
  close(): Promise<void>;
}

export interface DoubleOptions {
  /** false: a repeated append is answered as a conflict, as a server does that no longer remembers. Default true. */
  readonly recognisesRepeats?: boolean;
  /** Faults of other versions; see `Checkpoints`. Default: none. */
  readonly checkpoints?: Checkpoints;
  /** Serves TLS with the certificate of `tls.ts`, and only to this user. Default: neither TLS nor users. */
  readonly user?: { readonly name: string; readonly password: string };
  /** false: the caller may not read $all, as somebody who is neither administrator nor let in by a rule. Default true. */
  readonly mayReadAll?: boolean;
  /** Port to listen on; a free one by default. */
  readonly port?: number;
  /** Keeps the log in this file, and goes on from what is there. Default: in memory only. */
  readonly file?: string;
}

export async function startEventStoreDbDouble({
  recognisesRepeats = true,
  user,
  checkpoints = 'reached',
  mayReadAll = true,
  port: at = 0,
  file,
}: DoubleOptions = {}): Promise<EventStoreDbDouble> {
  const journal = file === undefined ? undefined : openJournal(file);
  const log = new MemoryLog({ recognisesRepeats, ...(journal && { journal }) });
  const calls = { append: 0, batchAppend: 0 };
  const subscriptions = new Set<SubscriptionCall>();
  let failure: AppendFailure | undefined;
  let refusing: status | undefined;
  const control = {
    log,
    takeFailure: () => {
      const taken = failure;
      failure = undefined;
      return taken;
    },
    dropConnections: () => relay.drop(),
    seen: (call: keyof typeof calls) => void (calls[call] += 1),
  };

  const server = new Server({
    'grpc.max_receive_message_length': 17 * 1024 * 1024,
    interceptors: [refusingWhere(() => refusing), ...(user ? [onlyFor(user)] : [])],
  });
  server.addService(StreamsService, {
    read: handleRead(log, {
      checkpoints: () => checkpoints,
      mayReadAll,
      subscribed: (call) => {
        subscriptions.add(call);
        call.on('close', () => subscriptions.delete(call));
      },
    }),
    append: handleAppend(control),
    batchAppend: handleBatchAppend(control),
    delete: handleDelete(log, 'soft'),
    tombstone: handleDelete(log, 'hard'),
  });
  server.addService(ServerFeaturesService, { getSupportedMethods });
  const relay = await startRelay(
    await bind(server, user ? secured() : ServerCredentials.createInsecure()),
    { at },
  );

  return {
    connectionString: `esdb://127.0.0.1:${String(relay.port)}?tls=${String(user !== undefined)}`,
    calls,
    write: (stream, expected, events) => {
      const result = log.write(stream, expected, events);
      if (result.kind !== 'written') throw new Error(`${stream}: ${JSON.stringify(result)}`);
    },
    writeForeign: (events) => writeForeign(log, events),
    dropConnections: () => relay.drop(),
    failNextAppend: (ordered) => {
      failure = ordered;
    },
    refuseCalls: (code) => {
      refusing = code;
    },
    endSubscriptions: (code) => {
      const ended = [...subscriptions];
      for (const call of ended) {
        if (code === status.OK) call.end();
        else call.emit('error', rpcError(code, 'ended by the server'));
      }
      return ended.length;
    },
    stop: () => relay.stop(),
    restart: () => relay.restart(),
    close: async () => {
      await relay.stop();
      server.forceShutdown();
    },
  };
}

const secured = (): ServerCredentials =>
  ServerCredentials.createSsl(null, [
    { cert_chain: Buffer.from(certificate), private_key: Buffer.from(key) },
  ]);

/** Answers calls with the status that holds at the time, where one does. */
function refusingWhere(refusing: () => status | undefined): ServerInterceptor {
  return (_method, call) =>
    new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, proceed) => {
            const code = refusing();
            if (code === undefined) proceed(metadata);
            else call.sendStatus({ code, details: 'no longer let in' });
          },
        }),
    });
}

/** Lets calls through that bring this user's name and password (HTTP basic, as the client sends them). */
function onlyFor({ name, password }: NonNullable<DoubleOptions['user']>): ServerInterceptor {
  const expected = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  return (_method, call) =>
    new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, proceed) => {
            if (metadata.get('authorization')[0] === expected) proceed(metadata);
            else call.sendStatus({ code: status.UNAUTHENTICATED, details: 'unknown user' });
          },
        }),
    });
}

function bind(server: Server, credentials: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', credentials, (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

const STREAMS = 'event_store.client.streams.streams';

/** Tells the client which calls there are; it appends by `batchAppend` where that is among them. */
function getSupportedMethods(
  _call: ServerUnaryCall<unknown, unknown>,
  answer: sendUnaryData<unknown>,
): void {
  const response = new features.SupportedMethods().setEventStoreServerVersion('23.10.0.0');
  for (const name of ['read', 'append', 'batchappend', 'delete', 'tombstone']) {
    const method = new features.SupportedMethod().setServiceName(STREAMS).setMethodName(name);
    response.addMethods(method);
  }
  answer(null, response);
}
