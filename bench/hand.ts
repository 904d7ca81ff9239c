import { once } from 'node:events';
import { join } from 'node:path';
import type { Projection } from '#projections';
import { startThread } from '#threads';
import type { ByHand } from './hand-thread.ts';

export interface Hand {
  /** How many documents the page has. */
  read(page: ByHand): Promise<number>;
  close(): Promise<number>;
}

const HEAP_MIB = 256;

/**
 * Reads by the least there is in a thread that nobody waits behind: a statement that was prepared
 * before, its rows' texts sent back, each parsed once.
 */
export function handOn(folder: string, { name }: Projection): Hand {
  const data = join(folder, `read.${name}.db`);
  const worker = startThread('./hand-thread', import.meta.url, { data, heapMib: HEAP_MIB });
  return {
    read: async (page) => {
      worker.postMessage(page);
      const [docs] = (await once(worker, 'message')) as [string[]];
      return docs.map((doc) => JSON.parse(doc) as unknown).length;
    },
    close: () => worker.terminate(),
  };
}
