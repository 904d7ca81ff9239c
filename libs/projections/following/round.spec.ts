import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ReadStoreUnavailable, type ReadStore } from '#read-store';
import { embeddedStores, type TestStores } from '../../../test/support/stores.ts';
import { bookList } from '../models/book-list.ts';
import { followRound } from './round.ts';
import { createWork } from './work.ts';

let stores: TestStores;

beforeEach(async () => {
  stores = await embeddedStores();
});

afterEach(() => stores.dispose());

it('a round that cannot begin leaves nothing that waits for the process to end', async () => {
  const readStore: ReadStore = {
    ...stores.readStore,
    readRecord: () => Promise.reject(new ReadStoreUnavailable('cut off')),
  };
  const { signal } = new AbortController();
  const projections = [bookList];
  const { eventStore } = stores;
  const work = createWork({ eventStore, readStore, projections, signal, log: () => undefined });
  const leases = { held: () => projections, stop: () => Promise.resolve() };
  const upgrades = {
    begin: () => undefined,
    keepOnly: () => undefined,
    stop: () => Promise.resolve(),
  };
  await expect(followRound(work, leases, upgrades)).rejects.toThrow('cut off');
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
