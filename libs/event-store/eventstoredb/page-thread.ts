import { parentPort, workerData } from 'node:worker_threads';
import { inPages } from '../pages.ts';
import { EventStoreRefuses, type Position, type RecordedEvent } from '../port.ts';
import type { StoredRow } from '../stored-event.ts';
import { connect } from './connection.ts';
import { endOfLog, readAllInBunches } from './read-log.ts';

/** What the thread is to read, over a connection of its own. */
export interface Reading {
  readonly connectionString: string;
  readonly deadlineMs: number;
  readonly after: Position | undefined;
  readonly prefixes: readonly string[] | undefined;
}

/** What it tells; for each page it is told when it may send one more. */
export type Told =
  | { readonly rows: readonly StoredRow<Position>[] }
  | { readonly end: true }
  | { readonly refused: { readonly reason: string; readonly remedy: string } }
  | { readonly failed: { readonly name: string; readonly message: string } };

/** Pages sent before the first is taken: decoding goes on while one is worked at, and memory is bounded. */
const AHEAD = 4;

const { connectionString, deadlineMs, after, prefixes } = workerData as Reading;
const connection = connect(connectionString, deadlineMs);
const say = (told: Told): void => parentPort?.postMessage(told);

let allowed = AHEAD;
let wake = (): void => undefined;
parentPort?.on('message', () => {
  allowed += 1;
  wake();
});

const mayGoOn = async (): Promise<void> => {
  while (allowed === 0) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  allowed -= 1;
};

const rowOf = (event: RecordedEvent): StoredRow<Position> => [
  event.position,
  event.stream,
  event.revision,
  event.id,
  event.type,
  JSON.stringify(event.data),
  JSON.stringify(event.metadata),
  event.recordedAt,
];

function failure(error: unknown): Told {
  if (error instanceof EventStoreRefuses) {
    return { refused: { reason: error.reason, remedy: error.remedy } };
  }
  const { name, message } = error as Error;
  return { failed: { name, message } };
}

try {
  const bunches = readAllInBunches(connection, { after, prefixes }, endOfLog(connection));
  for await (const page of inPages(bunches)) {
    await mayGoOn();
    say({ rows: page.map(rowOf) });
  }
  say({ end: true });
} catch (error) {
  say(failure(error));
} finally {
  await connection.close();
  parentPort?.close();
}
