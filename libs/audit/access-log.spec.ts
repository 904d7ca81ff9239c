import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteReadStore, ReadStoreUnavailable, type ReadStore } from '#read-store';
import { until } from '../../test/support/until.ts';
import { createAccessLog, type AccessLog } from './access-log.ts';
import type { AccessRecord } from './access-record.ts';

const record = (given: Partial<AccessRecord> = {}): AccessRecord => ({
  at: '2024-05-10T01:00:00.000Z',
  account: 'binh',
  actor: 'Trần Thị Bình',
  role: 'receiving-officer',
  via: null,
  agency: 'BK-001',
  kind: 'entry',
  method: 'GET',
  path: '/v1/agencies/BK-001/books/b/entries/1',
  query: {},
  searched: [],
  status: 200,
  shown: 1,
  numbers: [1],
  address: '10.0.0.1',
  userAgent: 'portal/1',
  correlationId: 'c',
  ...given,
});

const newest = {
  filter: { agency: 'BK-001' },
  sort: [{ field: 'at', descending: true }],
  limit: 100,
};

let folder: string;
let store: ReadStore;
let away: boolean;
let told: string[];
let log: AccessLog;

/** The store, which can be made to fail. */
const failing = (): ReadStore => ({
  ...store,
  put: (spec, docs) =>
    away ? Promise.reject(new ReadStoreUnavailable('away')) : store.put(spec, docs),
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'access-'));
  store = openSqliteReadStore(join(folder, 'access.db'));
  away = false;
  told = [];
  log = createAccessLog({ store: failing(), log: (message) => told.push(message) });
});

afterEach(async () => {
  await log.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** How many are found, page by page. */
async function kept(): Promise<number> {
  let count = 0;
  for (let after: string | undefined = ''; after !== undefined;) {
    const page = await log.find({ ...newest, limit: 1000, ...(after !== '' && { after }) });
    count += page.items.length;
    after = page.next;
  }
  return count;
}

describe('access records', () => {
  it('are found at once, newest first', async () => {
    log.record(record());
    log.record(record({ at: '2024-05-10T01:00:01.000Z', kind: 'image' }));
    log.record(record({ agency: 'BK-002' }));
    const { items, total } = await log.find(newest);
    expect(total).toBe(2);
    expect(items.map(({ doc }) => doc['kind'])).toEqual(['image', 'entry']);
    expect(items[1]?.doc).toEqual(record());
  });

  it('of the first shape are read as today’s, without the name that was searched for', async () => {
    const { method, path, query, searched, status, shown, numbers, ...kept } = record();
    const target = `${path}?limit=5&search=L%C3%AA`;
    const spec = { name: 'access_records', indexes: [], searchable: [] };
    await log.find(newest);
    await store.put(spec, [{ id: 'old', position: kept.at, doc: { ...kept, target } }]);
    const { items } = await log.find(newest);
    expect(items[0]?.doc).toEqual({
      ...kept,
      ...{ method, path, status, query: { limit: '5' }, searched: ['search'] },
      ...{ shown: null, numbers: [] },
    });
    expect([query, searched, shown, numbers]).toEqual([{}, [], 1, [1]]);
  });

  it('are each kept, also of one instant', async () => {
    for (let index = 0; index < 1200; index += 1) log.record(record());
    expect(await kept()).toBe(1200);
  });

  it('are written without anyone asking for them', async () => {
    log.record(record());
    await until(async () => (await store.collections()).includes('access_records'), 5000);
    const spec = { name: 'access_records', indexes: [], searchable: [] };
    await until(async () => (await store.find(spec, newest)).total === 1, 5000);
  });

  it('wait while the store is away, without failing who reads, and are written when it is back', async () => {
    away = true;
    log.record(record());
    await until(() => Promise.resolve(told.length > 1), 5000);
    log.record(record({ at: '2024-05-10T01:00:02.000Z' }));
    away = false;
    expect((await log.find(newest)).total).toBe(2);
    expect(told[0]).toBe('access records cannot be written');
  });

  it('that nobody can hold any longer are told as lost, and the newest are kept', async () => {
    away = true;
    for (let index = 0; index < 20_003; index += 1) {
      log.record(record({ correlationId: String(index) }));
    }
    away = false;
    expect(await kept()).toBe(20_000);
    expect(told).toContain('access records lost');
  });

  it('are written when the service ends', async () => {
    log.record(record());
    await log.close();
    const spec = { name: 'access_records', indexes: [], searchable: [] };
    expect((await store.find(spec, newest)).total).toBe(1);
  });
});
