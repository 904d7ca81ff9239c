import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ReadStoreUnavailable, type CollectionSpec, type ReadStore } from '../port.ts';
import { openDatabase } from './database.ts';
import { createFind } from './find.ts';
import { createStatements } from './statements.ts';
import { whileStillAsked } from './still-asked.ts';
import { openSqliteReadStore } from './store.ts';

const spec: CollectionSpec = { name: 'papers', indexes: [], searchable: ['text'] };
const papers = (count: number, text = 'Bằng') =>
  Array.from({ length: count }, (_, n) => ({ id: `d${n}`, position: '1', doc: { n, text } }));

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readers-'));
  path = join(folder, 'read.db');
});
afterEach(() => rm(folder, { recursive: true }));

async function filled(store: ReadStore, count: number, text?: string): Promise<void> {
  await store.ensure(spec);
  await store.put(spec, papers(count, text));
}

describe('a read in SQLite', () => {
  it('ends at the next row when nobody waits for it any more, wherever it is', async () => {
    const store = openSqliteReadStore(path);
    await filled(store, 500);
    await store.close();
    const db = openDatabase(path, { busyTimeoutMs: 0 });
    let rows = 0;
    let most = Infinity;
    whileStillAsked(db, () => {
      rows += 1;
      if (rows > most) throw new Error('nobody waits');
    });
    const find = createFind(db, createStatements(db));
    const queries = [
      { search: 'khong', limit: 1 },
      { search: 'bang', sort: [{ field: 'n', descending: true }], limit: 1 },
      { filter: { n: { gte: 0 } }, limit: 1 },
      { limit: 1, offset: 400 },
    ];
    for (const query of queries) {
      [rows, most] = [0, Infinity];
      find(spec, query);
      // One less than it looks at, and so also in the midst of counting, which comes last.
      for (const stopped of [1, Math.floor(rows / 2), rows - 1]) {
        [rows, most] = [0, stopped];
        expect(() => find(spec, query)).toThrow('nobody waits');
        expect(rows).toBe(stopped + 1);
      }
    }
    db.close();
  });
});

describe('the threads that read', () => {
  it('are replaced when one ends, which costs its read and no other', async () => {
    // More than such a thread may hold at once: it ends, as one does that meets a fault.
    const store = openSqliteReadStore(path, { readers: 1, readerHeapMib: 24 });
    await filled(store, 900, 'x'.repeat(60_000));
    const whole = store.find(spec, { limit: 900 });
    const next = store.find(spec, { limit: 1 });
    await expect(whole).rejects.toBeInstanceOf(ReadStoreUnavailable);
    expect((await next).total).toBe(900);
    await store.close();
  });

  it('end with the store, whatever they are reading', async () => {
    const store = openSqliteReadStore(path, { readers: 1 });
    await filled(store, 3000);
    const reads = [1, 2, 3].map(() => store.find(spec, { search: 'khong co', limit: 1 }));
    const outcomes = Promise.allSettled(reads);
    await store.close();
    const unavailable: unknown = expect.any(ReadStoreUnavailable);
    const ended = { status: 'rejected', reason: unavailable };
    expect(await outcomes).toEqual([ended, ended, ended]);
    await expect(store.find(spec, { limit: 1 })).rejects.toEqual(unavailable);
  });
});
