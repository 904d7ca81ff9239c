import { Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { handleAppend, handleBatchAppend } from './append.ts';
import type { AppendFailure } from './append.ts';
import { MemoryLog } from './log.ts';
import type { Proposed } from './log.ts';
import { features, ServerFeaturesService, StreamsService } from './protocol.ts';
import { handleRead } from './read.ts';
import { startRelay } from './relay.ts';

export type { AppendFailure } from './append.ts';

/** An EventStoreDB to test against: the protocol of version 23.10 over real gRPC, the log in memory. */
export interface EventStoreDbDouble {
  readonly connectionString: string;
  /** How many appends came in by either call. */
  readonly calls: { append: number; batchAppend: number };
  /** Writes as another client would. @throws when the expected version (−1: no stream) is wrong. */
  write(stream: string, expected: number, events: readonly Proposed[]): void;
  /** Cuts every connection; clients may connect again at once. */
  dropConnections(): void;
  failNextAppend(failure: AppendFailure): void;
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
}

export async function startEventStoreDbDouble({
  recognisesRepeats = true,
}: DoubleOptions = {}): Promise<EventStoreDbDouble> {
  const log = new MemoryLog({ recognisesRepeats });
  const calls = { append: 0, batchAppend: 0 };
  let failure: AppendFailure | undefined;
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

  const server = new Server({ 'grpc.max_receive_message_length': 17 * 1024 * 1024 });
  server.addService(StreamsService, {
    read: handleRead(log),
    append: handleAppend(control),
    batchAppend: handleBatchAppend(control),
    delete: unimplemented,
    tombstone: unimplemented,
  });
  server.addService(ServerFeaturesService, { getSupportedMethods });
  const relay = await startRelay(await bind(server));

  return {
    connectionString: `esdb://127.0.0.1:${String(relay.port)}?tls=false`,
    calls,
    write: (stream, expected, events) => {
      const result = log.write(stream, expected, events);
      if (result.kind !== 'written') throw new Error(`${stream} is at ${String(result.current)}`);
    },
    dropConnections: () => relay.drop(),
    failNextAppend: (ordered) => {
      failure = ordered;
    },
    stop: () => relay.stop(),
    restart: () => relay.restart(),
    close: async () => {
      await relay.stop();
      server.forceShutdown();
    },
  };
}

function bind(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
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

function unimplemented(_call: unknown, answer: sendUnaryData<unknown>): void {
  answer({ code: status.UNIMPLEMENTED, details: 'the double neither deletes nor tombstones' });
}
