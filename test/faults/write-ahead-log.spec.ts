import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openSqliteEventStore } from '#event-store';
import { openSqliteReadStore, type ReadStore } from '#read-store';
import { embeddedStores } from '../support/stores.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;

/** Whether this process holds a lock on a file, as the system tells it: by it others know that a database is open. */
async function isLocked(path: string): Promise<boolean> {
  const { ino } = await stat(path);
  const locks = (await readFile('/proc/locks', 'utf8')).split('\n');
  return locks.some((line) => line.includes(` ${process.pid} `) && line.includes(`:${ino} `));
}

/**
 * A tool of somebody's that looks into a database nobody has locked takes itself for the last one that
 * has it open, and removes the write-ahead log: what is written to it from then on nobody else finds.
 */
onLinux(
  'a log that is opened once more in the same process is still known to be open',
  async () => {
    const stores = await embeddedStores();
    const { folder, eventStore } = stores;
    const path = join(folder, 'events.db');
    await eventStore.head();
    expect(await isLocked(path)).toBe(true);
    const second = openSqliteEventStore(path);
    expect(await isLocked(path)).toBe(true);
    await second.close();
    expect(await isLocked(path)).toBe(true);
    await stores.dispose();
  },
);

onLinux('and so are read models', async () => {
  const stores = await embeddedStores();
  const { folder, readStore } = stores;
  const path = join(folder, 'read.db');
  const look = (store: ReadStore) => store.readRecord('none');
  await look(readStore);
  expect(await isLocked(path)).toBe(true);
  const second = openSqliteReadStore(path);
  await look(second);
  expect(await isLocked(path)).toBe(true);
  await second.close();
  expect(await isLocked(path)).toBe(true);
  await stores.dispose();
});
