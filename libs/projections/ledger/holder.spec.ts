import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { startThread } from '#threads';
import { assign, openBook } from '../../../test/support/register-samples.ts';
import { embeddedStores, play, type TestStores } from '../../../test/support/stores.ts';
import { until } from '../../../test/support/until.ts';
import { registerEntries } from '../models/register-entries.ts';
import { callOff } from '../tasks/ask.ts';
import { isGone, thisProcess } from './holder.ts';
import { findLedger } from './record.ts';

let stores: TestStores;

beforeEach(async () => {
  stores = await embeddedStores();
});

afterEach(() => stores.dispose());

it('a process that had this one’s id is gone, whatever it was called by then', () => {
  const holder = thisProcess();
  expect(isGone(holder)).toBe(false);
  const [host, pid] = holder.name.split(':');
  // As a container’s first process before the restart was named, by this release and by an earlier one.
  for (const mark of ['0a1b2c3d-4e5f60', '0a1b2c']) {
    expect(isGone({ ...holder, name: `${host}:${pid}:${mark}` })).toBe(true);
  }
  expect(isGone({ ...holder, name: `${host}:1:0a1b2c`, space: 'elsewhere' })).toBe(false);
});

it('a rebuild in another thread of this process is there, and hears that it is called off', async () => {
  await play(stores.eventStore, [openBook({ closesOn: '2024-12-31' }), assign()]);
  const thread = startThread('../../../test/support/rebuild-thread', import.meta.url, {
    data: stores.folder,
    heapMib: 256,
  });
  const ended = once(thread, 'message');
  const { readStore } = stores;
  const next = async () => (await findLedger(readStore, registerEntries))?.next;
  await until(async () => (await next())?.state === 'filling');
  const { holder, pid, space } = (await next()) as NonNullable<Awaited<ReturnType<typeof next>>>;
  expect(isGone({ name: holder, pid, space })).toBe(false);
  await callOff(readStore, registerEntries, 'van.hanh');
  expect(await ended).toEqual(['RebuildAborted']);
  expect(await next()).toBeNull();
});
