import type { Worker } from 'node:worker_threads';
import { startThread } from '#threads';
import {
  EventStoreRefuses,
  EventStoreUnavailable,
  type Position,
  type RecordedEvent,
} from '../port.ts';
import { StoredEvent, type StoredRow } from '../stored-event.ts';
import type { Reading, Told } from './page-thread.ts';

/** Some thousand events of a kilobyte or two on their way, and the client's own buffers. */
const HEAP_MIB = 256;

/**
 * The log page by page, read and decoded in a thread of its own: of a long read that is half of the
 * work, and whoever makes something of the events has the other half for himself.
 * @throws EventStoreUnavailable @throws EventStoreRefuses
 */
export async function* pagesBeside(
  reading: Reading,
  closing: AbortSignal,
): AsyncGenerator<readonly RecordedEvent[]> {
  const worker = startThread('./page-thread', import.meta.url, {
    data: reading,
    heapMib: HEAP_MIB,
  });
  worker.ref();
  const heard = listenTo(worker, closing);
  try {
    for (;;) {
      const told = await heard.next();
      if ('end' in told) return;
      if (!('rows' in told)) throw errorOf(told);
      yield told.rows.map(eventOf);
      worker.postMessage('more');
    }
  } finally {
    heard.stop();
    await worker.terminate();
  }
}

const eventOf = (row: StoredRow<Position>): RecordedEvent => new StoredEvent(row, row[0]);

function errorOf(told: Exclude<Told, { rows: unknown } | { end: true }>): Error {
  if ('refused' in told) return new EventStoreRefuses(told.refused.reason, told.refused.remedy);
  const { name, message } = told.failed;
  if (name === 'EventStoreUnavailable') return new EventStoreUnavailable(message);
  return Object.assign(new Error(message), { name });
}

/** What the thread tells, in order; its end before it has told of one is a failure like any other. */
function listenTo(worker: Worker, closing: AbortSignal) {
  const waiting: Told[] = [];
  let wake = (): void => undefined;
  const hear = (told: Told): void => {
    waiting.push(told);
    wake();
  };
  const fail = (message: string): void =>
    hear({ failed: { name: 'EventStoreUnavailable', message: `EventStoreDB: ${message}` } });
  const onClosing = (): void => fail('closed');
  worker.on('message', hear);
  worker.on('error', ({ message }) => fail(`the thread that reads has failed: ${message}`));
  worker.on('exit', () => fail('the thread that reads has ended'));
  closing.addEventListener('abort', onClosing);
  if (closing.aborted) onClosing();
  return {
    next: async (): Promise<Told> => {
      while (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return waiting.shift() as Told;
    },
    stop: (): void => closing.removeEventListener('abort', onClosing),
  };
}
