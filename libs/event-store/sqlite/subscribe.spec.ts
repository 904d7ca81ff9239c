import type { Database } from 'better-sqlite3';
import { describe, expect, it } from '@jest/globals';
import { createGrowth } from './subscribe.ts';

/** A file that can be looked at until its disk fails. */
function failing(): { readonly db: Database; readonly fail: () => void } {
  let failed = false;
  const get = (): number => {
    if (failed) throw new Error('disk I/O error');
    return 1;
  };
  const db = { prepare: () => ({ pluck: () => ({ get }) }) } as unknown as Database;
  return { db, fail: () => (failed = true) };
}

describe('a log whose disk fails while subscribers wait', () => {
  it('wakes them, and tells those who look rather than ending the process', async () => {
    const { db, fail } = failing();
    const growth = createGrowth(db, 1);
    const { signal } = new AbortController();
    const seen = growth.version();
    const waiting = [growth.changedSince(seen, signal), growth.changedSince(seen, signal)];
    fail();
    await Promise.all(waiting);
    await expect(growth.changedSince(growth.version(), signal)).rejects.toThrow('disk I/O error');
  });
});
