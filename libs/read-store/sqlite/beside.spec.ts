import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CollectionSpec, ReadStore } from '../port.ts';
import { openDatabase } from './database.ts';
import { openSqliteReadStore } from './store.ts';

const spec: CollectionSpec = {
  name: 'papers',
  indexes: [['agency']],
  searchable: ['text'],
  counted: [['agency']],
  searchedWithin: ['agency'],
};
const papers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => ({
    id: `d${from + n}`,
    position: '1',
    doc: { agency: 'x', text: `Bằng ${from + n}` },
  }));

/** As an earlier release kept what stands beside documents. */
const TRIGGERS = `
  CREATE TRIGGER "groups_papers(agency)+" AFTER INSERT ON doc_papers BEGIN
    INSERT INTO "groups_papers(agency)" VALUES ('x', 1) ON CONFLICT DO UPDATE SET n = n + 1;
  END;
  CREATE TRIGGER "words_papers+" AFTER INSERT ON doc_papers BEGIN
    INSERT INTO words_papers (rowid, words) VALUES (NEW.row, NEW.search);
  END;`;

let folder: string;
let path: string;
let store: ReadStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beside-'));
  path = join(folder, 'read.db');
  store = openSqliteReadStore(path);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

describe('what is kept beside documents', () => {
  it('is kept once where an earlier release left its triggers', async () => {
    await store.ensure(spec);
    const db = openDatabase(path, { busyTimeoutMs: 1000 });
    db.exec(TRIGGERS);
    db.close();
    await store.ensure(spec);
    await store.put(spec, papers(0, 10), undefined);
    const all = { filter: { agency: 'x' }, limit: 5 };
    expect((await store.find(spec, all)).total).toBe(10);
    const found = await store.find(spec, { ...all, search: 'bang 7' });
    expect(found.items.map(({ doc }) => doc['text'])).toEqual(['Bằng 7']);
  });
});
