import { Crew, Turns } from '#threads';
import { ReadStoreUnavailable, type CollectionSpec, type Page, type Query } from '../port.ts';
import { startReader, type Reader } from './reader.ts';

export interface ReadersOptions {
  /** The store's own file. */
  readonly path: string;
  readonly busyTimeoutMs: number;
  /** Reads at once, each in a thread. */
  readonly threads: number;
  /** Heap of each, in MiB. */
  readonly heapMib: number;
}

/** Pages read in threads of their own, so that nobody who asks for something else waits for them. */
export interface Readers {
  /** @throws the signal's reason @throws ReadStoreUnavailable its thread has ended; the next read gets another */
  find(spec: CollectionSpec, query: Query, signal: AbortSignal): Promise<Page>;
  /** Closes the collection's file where it is open: it is about to go. */
  forget(name: string): Promise<void>;
  /** Ends the threads, and what they are reading. */
  close(): Promise<void>;
}

/** Who asks is not known here. */
const ANYONE = '';

export function createReaders({ path, busyTimeoutMs, threads, heapMib }: ReadersOptions): Readers {
  const crew = new Crew<Reader>(() => startReader({ path, busyTimeoutMs }, { heapMib }));
  const turns = new Turns({ atOnce: threads, each: threads, mostWaiting: Infinity });
  let closed = false;
  const work = async (read: (reader: Reader) => Promise<void>): Promise<void> => {
    if (closed) throw new ReadStoreUnavailable('read models: closed');
    await crew.work(read);
  };
  return {
    find: (spec, query, signal) =>
      new Promise((resolve, reject) => {
        const leave = (): void => reject(signal.reason as Error);
        signal.addEventListener('abort', leave, { once: true });
        // Whoever leaves is answered at once; the turn ends when the thread is free.
        const read = (reader: Reader) => reader.find(spec, query, signal).then(resolve, reject);
        turns
          .take(ANYONE, signal, () => work(read))
          .catch(reject)
          .finally(() => signal.removeEventListener('abort', leave));
      }),
    forget: async (name) => {
      const { hands, idle } = crew.all();
      for (const hand of hands) if (!idle.includes(hand)) void hand.forget(name);
      // One that is reading does so when it has read.
      await Promise.all(idle.map((hand) => hand.forget(name)));
    },
    close: async () => {
      closed = true;
      await crew.end();
    },
  };
}
