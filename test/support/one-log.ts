import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore, type EventStore } from '#event-store';

/** One log in a folder of its own, and the processes that share it. */
export interface OneLog {
  /** Another process's view: a connection of its own to the same log. */
  anotherStore(): EventStore;
  /** Closes every connection and takes the folder away. */
  dispose(): Promise<void>;
}

/** @param within where it is made; by default on the disk */
export async function oneLog(within = tmpdir()): Promise<OneLog> {
  const folder = await mkdtemp(join(within, 'one-log-'));
  const stores: EventStore[] = [];
  return {
    anotherStore: () => {
      const store = openSqliteEventStore(join(folder, 'events.db'));
      stores.push(store);
      return store;
    },
    dispose: async () => {
      await Promise.all(stores.map((store) => store.close()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
