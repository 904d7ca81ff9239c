import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Runners } from '../../libs/commands/runners.ts';
import { registerStream, type RegisterCommand, type RegisterKey } from '#domain';
import { openSqliteEventStore, type EventStore } from '#event-store';
import { openSqliteReadStore, type ReadStore, type StoredDoc } from '#read-store';
import { register } from './register-samples.ts';

/** Embedded stores in a folder of their own. */
export interface TestStores {
  readonly folder: string;
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  dispose(): Promise<void>;
}

export async function embeddedStores(): Promise<TestStores> {
  const folder = await mkdtemp(join(tmpdir(), 'stores-'));
  const eventStore = openSqliteEventStore(join(folder, 'events.db'));
  const readStore = openSqliteReadStore(join(folder, 'read.db'));
  const dispose = async (): Promise<void> => {
    await Promise.all([eventStore.close(), readStore.close()]);
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, eventStore, readStore, dispose };
}

/** The log as it is now, in a file of its own, to be opened later as one that was put back. Answers its path. */
export async function copyLog({ folder }: TestStores): Promise<string> {
  const copy = join(folder, 'older.db');
  await copyFile(join(folder, 'events.db'), copy);
  await copyFile(join(folder, 'events.db-wal'), `${copy}-wal`).catch(() => undefined);
  return copy;
}

export const sampleActor = {
  account: 'binh.tran',
  name: 'Trần Thị Bình',
  role: 'receiving-officer',
  agency: 'BK-001',
};

/** Plays register commands into the log, each with the sample actor, one second apart, the first at an instant. */
export async function play(
  eventStore: EventStore,
  commands: readonly RegisterCommand[],
  from = '2024-05-10T01:00:00.000Z',
): Promise<void> {
  let second = -1;
  const now = (): Date => new Date(Date.parse(from) + second * 1000);
  const { registers } = new Runners(eventStore, { now });
  for (const [index, command] of commands.entries()) {
    second = index;
    const ids = { correlationId: `correlation-${index}`, causationId: `causation-${index}` };
    const context = { actor: sampleActor, ...ids };
    await registers.execute(registerStream(register), { command, context });
  }
}

/** Begins a register by an event that a newer version of the program has written. */
export async function appendUnreadable(eventStore: EventStore, key: RegisterKey): Promise<void> {
  const ids = { correlationId: 'c', causationId: 'c' };
  const actor = { ...sampleActor, agency: key.agency };
  const metadata = { actor, occurredAt: '2024-05-10T01:00:00.000Z', schemaVersion: 1, ...ids };
  const event = { id: randomUUID(), type: 'EntryCopyReissued', data: { number: 1 }, metadata };
  await eventStore.append(registerStream(key), 'no-stream', [event]);
}

/** Every document of a read model by its id. */
export async function documents(
  readStore: ReadStore,
  spec: Parameters<ReadStore['scan']>[0],
): Promise<Map<string, StoredDoc>> {
  const found = new Map<string, StoredDoc>();
  for await (const doc of readStore.scan(spec)) found.set(doc.id, doc);
  return found;
}
