import { join } from 'node:path';
import { inTemporaryFolder } from '#config';
import type { ReadStore } from './port.ts';
import { openSqliteReadStore } from './sqlite/store.ts';

/** A read store of its own, on the disk, that is gone when the work is done. */
export const withScratch = <T>(work: (scratch: ReadStore) => Promise<T>): Promise<T> =>
  inTemporaryFolder('verify-', async (folder) => {
    const scratch = openSqliteReadStore(join(folder, 'scratch.db'));
    try {
      return await work(scratch);
    } finally {
      await scratch.close();
    }
  });
