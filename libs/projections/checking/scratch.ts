import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteReadStore, type ReadStore } from '#read-store';

/** A read store of its own, on the disk, that is gone when the work is done. */
export async function withScratch<T>(work: (scratch: ReadStore) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'verify-'));
  const scratch = openSqliteReadStore(join(folder, 'scratch.db'));
  try {
    return await work(scratch);
  } finally {
    await scratch.close();
    await rm(folder, { recursive: true, force: true });
  }
}
