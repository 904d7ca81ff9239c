import { setImmediate as nextTurn } from 'node:timers/promises';

/** Microtask turns an async generator that has its item at hand may take to hand it over. */
const TURNS = 8;

/**
 * Groups what the source has ready into arrays of at most `most`; a source that pauses flushes
 * what there is, so nothing waits for company. The source is pulled one item ahead, no further.
 */
export async function* inBatches<T>(source: AsyncIterable<T>, most: number): AsyncGenerator<T[]> {
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<T, undefined>;
  let ahead = pull(iterator);
  let batch: T[] = [];
  try {
    for (;;) {
      const next = await ahead.promise;
      if (next.done && batch.length > 0) yield batch;
      if (next.done) return;
      batch.push(next.value);
      ahead = pull(iterator);
      if (batch.length < most && (await isReady(ahead))) continue;
      yield batch;
      batch = [];
    }
  } finally {
    // Not awaited: a source waiting for its next event answers only once it is told to end.
    void iterator.return?.().catch(() => undefined);
  }
}

interface Pull<T> {
  readonly promise: Promise<IteratorResult<T, undefined>>;
  settled: boolean;
}

function pull<T>(iterator: AsyncIterator<T, undefined>): Pull<T> {
  const promise = iterator.next();
  const started: Pull<T> = { promise, settled: false };
  const settle = (): void => {
    started.settled = true;
  };
  promise.then(settle, settle);
  return started;
}

async function isReady(pending: { readonly settled: boolean }): Promise<boolean> {
  for (let turn = 0; turn < TURNS && !pending.settled; turn += 1) await Promise.resolve();
  if (!pending.settled) await nextTurn();
  return pending.settled;
}
