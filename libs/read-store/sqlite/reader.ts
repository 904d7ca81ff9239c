import type { Worker } from 'node:worker_threads';
import { crossed, startThread, type Hand } from '#threads';
import { ReadStoreUnavailable, type CollectionSpec, type Page, type Query } from '../port.ts';
import { portError } from './database.ts';
import type { Answer, Order, Reading } from './reader-thread.ts';

/** A thread that reads, one page at a time. */
export interface Reader extends Hand {
  /** Settles when the thread is free again; where the signal fires, that is at the next row. */
  find(spec: CollectionSpec, query: Query, signal: AbortSignal): Promise<Page>;
  /** Closes the collection's file. Never rejects. */
  forget(name: string): Promise<void>;
}

interface Waiting {
  readonly resolve: (page: string) => void;
  readonly reject: (error: Error) => void;
}

type Told = Order extends infer O ? (O extends Order ? Omit<O, 'id'> : never) : never;

/** The order that nobody waits for: none yet. */
const NONE = 0;
/** Orders are numbered up to here and from 1 again: they lie in 32 bits. */
const MOST = 2 ** 30;

/** What of it can be sent to a thread. */
const plain = ({
  name,
  indexes,
  searchable,
  counted,
  searchedWithin,
}: CollectionSpec): CollectionSpec => ({
  name,
  indexes,
  searchable,
  counted,
  searchedWithin,
});

/** What is told to a thread, and its answers in the same order. */
function channelTo(worker: Worker) {
  const waiting: Waiting[] = [];
  let broken: ReadStoreUnavailable | undefined;
  let last = NONE;
  const fail = (cause: unknown): void => {
    broken ??= new ReadStoreUnavailable('read models: the thread that reads has ended', { cause });
    for (const one of waiting.splice(0)) one.reject(broken);
  };
  worker.on('message', (answer: Answer) => {
    const one = waiting.shift();
    if ('page' in answer) one?.resolve(answer.page);
    else one?.reject(portError(crossed(answer.error)));
  });
  worker.on('error', fail);
  worker.on('exit', fail);
  return {
    fail,
    isBroken: () => broken !== undefined,
    /** The number of the latest order. */
    last: () => last,
    tell: (order: Told): Promise<string> =>
      new Promise((resolve, reject) => {
        if (broken) throw broken;
        last = (last % MOST) + 1;
        waiting.push({ resolve, reject });
        worker.postMessage({ ...order, id: last } satisfies Order);
      }),
  };
}

export function startReader(
  reading: Omit<Reading, 'dropped'>,
  { heapMib }: { readonly heapMib: number },
): Reader {
  const dropped = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const data: Reading = { ...reading, dropped };
  const worker = startThread('./reader-thread', import.meta.url, { data, heapMib });
  const { tell, last, fail, isBroken } = channelTo(worker);
  const drop = (order: number): void => void Atomics.store(dropped, 0, order);
  return {
    find: async (spec, query, signal) => {
      const page = tell({ kind: 'find', spec: plain(spec), query });
      const leave = drop.bind(undefined, last());
      if (signal.aborted) leave();
      signal.addEventListener('abort', leave, { once: true });
      try {
        return JSON.parse(await page) as Page;
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
    forget: (name) =>
      tell({ kind: 'forget', name }).then(
        () => undefined,
        () => undefined,
      ),
    isBroken,
    end: async () => {
      drop(last());
      fail(new Error('the store was closed'));
      await worker.terminate();
    },
  };
}
