import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ReadStoreUnavailable, type ReadStore } from '#read-store';
import { embeddedStores, type TestStores } from '../../../test/support/stores.ts';
import { until } from '../../../test/support/until.ts';
import { bookList } from '../models/book-list.ts';
import { sealList } from '../models/seal-list.ts';
import { thisProcess, type Holder } from '../ledger/holder.ts';
import { readLease } from './lease-record.ts';
import { keepLeases, type Leases } from './leases.ts';

const LEASE_MS = 300;
const both = [bookList, sealList];
const recordOfList = `lease:${bookList.name}@${bookList.version}`;

let stores: TestStores;
let kept: Leases[];

beforeEach(async () => {
  stores = await embeddedStores();
  kept = [];
});

afterEach(async () => {
  await Promise.all(kept.map((leases) => leases.stop()));
  await stores.dispose();
});

/** Processes of other machines. */
const named = (name: string): Holder => ({ name, pid: 1, space: name });

async function keep(holder: string, readStore: ReadStore = stores.readStore) {
  const leases = await keepLeases({
    readStore,
    projections: both,
    holder: named(holder),
    leaseMs: LEASE_MS,
    passed: () => 0,
    onChange: () => undefined,
  });
  kept.push(leases);
  return leases;
}

/** A store whose line can be cut. */
function cuttable(store: ReadStore) {
  const line = { cut: false };
  const orCut = <T>(ask: () => Promise<T>): Promise<T> =>
    line.cut ? Promise.reject(new ReadStoreUnavailable('cut')) : ask();
  const readStore: ReadStore = {
    ...store,
    readRecord: (key) => orCut(() => store.readRecord(key)),
    writeRecord: (key, value, expected) => orCut(() => store.writeRecord(key, value, expected)),
  };
  return { line, readStore };
}

describe('leases', () => {
  it('go to whoever comes first, all of them, at once', async () => {
    const one = await keep('one');
    const two = await keep('two');
    expect([one.held(), two.held()]).toEqual([both, []]);
    expect(await readLease(stores.readStore, bookList)).toMatchObject({ holder: 'one', rate: 0 });
  });

  it('stay where they are as long as they are renewed', async () => {
    const one = await keep('one');
    const two = await keep('two');
    const version = async () => (await stores.readStore.readRecord(recordOfList))?.version;
    await until(async () => Number(await version()) > 10);
    expect([one.held(), two.held()]).toEqual([both, []]);
  });

  it('are taken over when they are given back', async () => {
    const one = await keep('one');
    const two = await keep('two');
    await one.stop();
    await until(() => two.held().length === both.length);
    expect((await readLease(stores.readStore, sealList))?.holder).toBe('two');
  });

  it('are given up by a holder who cannot renew them, before another has them', async () => {
    const { line, readStore } = cuttable(stores.readStore);
    const one = await keep('one', readStore);
    const two = await keep('two');
    line.cut = true;
    await until(() => two.held().length > 0);
    expect(one.held()).toEqual([]);
    line.cut = false;
    await until(async () => (await readLease(stores.readStore, bookList))?.holder === 'two');
    expect([one.held(), two.held()]).toEqual([[], both]);
  });

  it('go on under the holder whose renewal was written and not answered', async () => {
    let lose = false;
    const readStore: ReadStore = {
      ...stores.readStore,
      writeRecord: async (key, value, expected) => {
        const written = await stores.readStore.writeRecord(key, value, expected);
        if (!lose) return written;
        lose = false;
        throw new ReadStoreUnavailable('the answer was lost');
      },
    };
    const one = await keep('one', readStore);
    const two = await keep('two');
    lose = true;
    await until(() => !lose);
    const before = (await stores.readStore.readRecord(recordOfList))?.version ?? 0;
    await until(
      async () => ((await stores.readStore.readRecord(recordOfList))?.version ?? 0) > before + 3,
    );
    expect([one.held(), two.held()]).toEqual([both, []]);
  });

  it('of a process of this machine that is gone are taken at once, of one that is there never', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const there = { ...thisProcess(), name: 'there', pid: Number(child.pid) };
    const join = async (holder: Holder) => {
      const leases = await keepLeases({
        readStore: stores.readStore,
        projections: both,
        holder,
        leaseMs: 60_000,
        passed: () => 0,
        onChange: () => undefined,
      });
      kept.push(leases);
      return leases;
    };
    await join(there);
    expect((await join(thisProcess())).held()).toEqual([]);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    expect((await join(thisProcess())).held()).toEqual(both);
  });

  it('are of one version of a projection: an old release keeps its own', async () => {
    const one = await keep('one');
    const newer = { ...bookList, version: bookList.version + 1 };
    const options = { readStore: stores.readStore, holder: named('new'), leaseMs: LEASE_MS };
    const leases = await keepLeases({
      ...options,
      projections: [newer],
      passed: () => 0,
      onChange: () => undefined,
    });
    kept.push(leases);
    expect([one.held(), leases.held()]).toEqual([both, [newer]]);
  });

  it('tell how fast their holder goes', async () => {
    let passed = 0;
    const leases = await keepLeases({
      readStore: stores.readStore,
      projections: [bookList],
      holder: named('one'),
      leaseMs: LEASE_MS,
      passed: () => (passed += 1000),
      onChange: () => undefined,
    });
    kept.push(leases);
    await until(async () => ((await readLease(stores.readStore, bookList))?.rate ?? 0) > 0);
  });
});
