/** Child process of the kill tests: rebuilds entries with a milestone after every batch, and then never ends. */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore, type EventStore } from '#event-store';
import { rebuild, registerEntries } from '#projections';
import { openSqliteReadStore } from '#read-store';

const [folder = ''] = process.argv.slice(2);
const log = openSqliteEventStore(join(folder, 'events.db'));
const readStore = openSqliteReadStore(join(folder, 'read.db'));

/** Half of the log, and then its last page over and over. */
const eventStore: EventStore = {
  ...log,
  readPages: async function* () {
    for await (const page of log.readPages()) {
      yield page;
      if ((page.at(-1)?.revision ?? 0) >= 200) {
        writeSync(1, 'milestone\n');
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          yield page;
        }
      }
    }
  },
};

await rebuild({ eventStore, readStore, milestoneMs: 0 }, [registerEntries]).catch(
  (error: unknown) => {
    writeSync(1, `${String(error)}\n`);
    process.exit(1);
  },
);
