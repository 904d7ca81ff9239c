import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import { openEventStoreDb } from '#event-store';
import { allProjections, rebuild } from '#projections';
import { openSqliteReadStore } from '#read-store';
import { timed } from './report.ts';
import { busiestThread } from './threads.ts';
import type { Measured } from './tasks.ts';

type Found = Pick<Measured, 'seconds' | 'more'>;

async function timedThreads(work: () => Promise<unknown>) {
  let busiest = 0;
  const seconds = await timed(async () => (busiest = await busiestThread(work)));
  return { seconds, busiest };
}

/** Everything on the server read by the client, and nothing done with it. */
export async function readByClient(url: string): Promise<Found> {
  const client = EventStoreDBClient.connectionString(url);
  let events = 0;
  const read = async (): Promise<void> => {
    for await (const { event } of client.readAll()) {
      if (event && !event.streamId.startsWith('$')) events += 1;
    }
  };
  const measured = await timedThreads(read);
  await client.dispose();
  return { seconds: measured.seconds, more: { events, busiest: measured.busiest } };
}

/** A read model filled from the server, as `ops rebuild` does, into a store that is then thrown away. */
export async function fillFromServer(folder: string, url: string, name: string): Promise<Found> {
  const path = join(folder, `filled-${process.pid}`);
  const eventStore = await openEventStoreDb(url);
  const readStore = openSqliteReadStore(`${path}.db`);
  let events = 0;
  const onProgress = (done: number): void => {
    events = done;
  };
  const wanted = allProjections.filter((one) => one.name === name);
  const { seconds, busiest } = await timedThreads(() =>
    rebuild({ eventStore, readStore, onProgress }, wanted),
  );
  for (const one of await readStore.collections()) await readStore.drop({ name: one });
  await Promise.all([eventStore.close(), readStore.close()]);
  for (const suffix of ['', '-wal', '-shm']) await rm(`${path}.db${suffix}`, { force: true });
  return { seconds, more: { events, busiest } };
}
