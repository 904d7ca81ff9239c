/** Child process of the crash test: appends without end and prints the revision of each acknowledged append. */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openSqliteEventStore } from '#event-store';

const [path = '', stream = '', writers = '1'] = process.argv.slice(2);
const store = openSqliteEventStore(path);

async function write(own: string): Promise<never> {
  for (let revision = -1; ;) {
    const events = Array.from({ length: 2 }, (_, n) => ({
      id: randomUUID(),
      type: 'EntryNumberAssigned',
      data: { n, text: 'x'.repeat(300) },
      metadata: {},
    }));
    const appended = await store.append(own, revision < 0 ? 'no-stream' : revision, events);
    revision = appended.revision;
    // Straight to the pipe: what was acknowledged must be known even if the kill comes next.
    writeSync(1, `${own} ${String(revision)}\n`);
  }
}

await Promise.all(
  Array.from({ length: Number(writers) }, (_, writer) => write(`${stream}-${String(writer)}`)),
);
