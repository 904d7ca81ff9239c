/** Thread of tests: rebuilds entries from a log that comes to no end, and tells as what it was ended. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { openSqliteEventStore, type EventStore } from '#event-store';
import { rebuild, registerEntries } from '#projections';
import { openSqliteReadStore } from '#read-store';

const folder = workerData as string;
const log = openSqliteEventStore(join(folder, 'events.db'));
const readStore = openSqliteReadStore(join(folder, 'read.db'));
const eventStore: EventStore = {
  ...log,
  readPages: async function* (options) {
    for (;;) {
      yield* log.readPages(options);
      await delay(5);
    }
  },
};

const ended = await rebuild({ eventStore, readStore }, [registerEntries]).then(
  () => 'done',
  (error: unknown) => (error as Error).name,
);
await Promise.all([log.close(), readStore.close()]);
parentPort?.postMessage(ended);
