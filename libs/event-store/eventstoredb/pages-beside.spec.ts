import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  startEventStoreDbDouble,
  type EventStoreDbDouble,
} from '../../../test/support/eventstoredb/server.ts';
import { EventStoreUnavailable, type EventStore, type RecordedEvent } from '../port.ts';
import { pagesBeside } from './pages-beside.ts';
import { openEventStoreDb } from './store.ts';

const EVENTS = 3200;
const PER_APPEND = 400;

let double: EventStoreDbDouble;
let store: EventStore;
let inline: EventStore;

beforeAll(async () => {
  double = await startEventStoreDbDouble();
  store = openEventStoreDb(double.connectionString, { longFrom: 1 });
  inline = openEventStoreDb(double.connectionString, { longFrom: Infinity });
  for (let written = 0; written < EVENTS; written += PER_APPEND) {
    const events = Array.from({ length: PER_APPEND }, (_, n) => ({
      id: randomUUID(),
      type: 'EntryNumberAssigned',
      data: { number: written + n + 1, requester: 'Nguyễn Thị Hồng Nhung' },
      metadata: { schemaVersion: 2, actor: { account: 'binh.tran' } },
    }));
    const stream = `register-${written}`;
    await store.append(stream, 'no-stream', events);
  }
}, 30_000);
afterAll(async () => {
  await Promise.all([store.close(), inline.close()]);
  await double.close();
});

async function all(pages: AsyncIterable<readonly RecordedEvent[]>): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const page of pages) events.push(...page);
  return events;
}

const reading = (connectionString: string) => ({
  ...{ connectionString, deadlineMs: 1000 },
  ...{ after: undefined, prefixes: ['register-'] },
});

describe('a long read of EventStoreDB, which a thread does', () => {
  it('gives what a short one gives, from the beginning and from anywhere', async () => {
    const expected = await all(inline.readPages({ prefixes: ['register-'] }));
    expect(expected).toHaveLength(EVENTS);
    const plain = (events: RecordedEvent[]) => events.map((event) => ({ ...event }));
    expect(plain(await all(store.readPages({ prefixes: ['register-'] })))).toEqual(expected);
    const after = expected[1777]?.position;
    const rest = await all(store.readPages({ prefixes: ['register-'], after }));
    // Told without its metadata being read.
    expect(rest[0]?.schemaVersion).toBe(2);
    expect(plain(rest)).toEqual(expected.slice(1778));
  }, 30_000);

  it('can be left before its end', async () => {
    let read = 0;
    for await (const page of store.readPages({ prefixes: ['register-'] })) {
      read += page.length;
      break;
    }
    expect(read).toBeGreaterThan(0);
    expect(await all(store.readPages({ prefixes: ['register-'], limit: 3 }))).toHaveLength(3);
  }, 30_000);

  it('is broken off where the store is closed', async () => {
    const closing = new AbortController();
    const pages = pagesBeside(reading(double.connectionString), closing.signal);
    await pages.next();
    closing.abort();
    await expect(all(pages)).rejects.toBeInstanceOf(EventStoreUnavailable);
  }, 30_000);

  it('says why it came to nothing', async () => {
    const { signal } = new AbortController();
    const nobody = pagesBeside(
      reading('esdb://127.0.0.1:1?tls=false&maxDiscoverAttempts=1'),
      signal,
    );
    await expect(all(nobody)).rejects.toBeInstanceOf(EventStoreUnavailable);
    const user = { name: 'register', password: 's3cret' };
    const guarded = await startEventStoreDbDouble({ user });
    const refused = pagesBeside(reading(guarded.connectionString.replace(/\/\/.*@/, '//')), signal);
    await expect(all(refused)).rejects.toMatchObject({ name: 'EventStoreRefuses' });
    await guarded.close();
  }, 30_000);
});
