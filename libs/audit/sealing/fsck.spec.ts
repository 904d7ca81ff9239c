import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { streamPrefixes } from '#domain';
import type { EventStore, RecordedEvent } from '#event-store';
import { playStory } from '../../../test/support/story.ts';
import { embeddedStores, type TestStores } from '../../../test/support/stores.ts';
import { fsck, NothingSealed } from './fsck.ts';
import { ensureKeys, fsckBeside, lastSignedBeside, rotateKeys } from './keys.ts';
import { SealedLog } from './sealed-log.ts';
import { Sealer } from './sealer.ts';

let stores: TestStores;
let sealer: Sealer;
const now = () => new Date('2026-05-10T01:00:00.000Z');
const path = () => join(stores.folder, 'keys.json');

beforeEach(async () => {
  stores = await embeddedStores();
  const { eventStore } = stores;
  sealer = new Sealer({
    eventStore,
    sealed: new SealedLog(stores.readStore),
    prefixes: streamPrefixes,
    keys: () => ensureKeys(path(), now()),
    lastSigned: lastSignedBeside(path()),
    now,
    log: () => undefined,
  });
  for (let i = 0; i < 22; i += 1) {
    await playStory(eventStore, [`BK-${String(i).padStart(3, '0')}`]);
    if (i % 7 === 0) await sealer.seal();
  }
  await sealer.seal();
}, 30_000);
afterEach(() => stores.dispose());

/** The log as it is, or as somebody has left it. */
async function check(
  change: (event: RecordedEvent, index: number) => RecordedEvent[] = (e) => [e],
) {
  const { all } = await ensureKeys(path(), now());
  const { eventStore } = stores;
  const changed: EventStore = Object.assign(Object.create(eventStore) as EventStore, {
    async *readPages(options: Parameters<EventStore['readPages']>[0]) {
      let index = -1;
      for await (const page of eventStore.readPages(options))
        yield page.flatMap((event) => change(event, (index += 1)));
    },
  });
  return fsck({
    eventStore: changed,
    sealed: new SealedLog(stores.readStore),
    prefixes: streamPrefixes,
    keys: all.map(({ key }) => key),
    lastSigned: lastSignedBeside(path()),
  });
}

test('a log that is what was sealed is looked at whole', async () => {
  const { events, checkpoints, findings } = await check();
  expect(findings).toEqual([]);
  expect([events, checkpoints]).toEqual([22 * 13, 4]);
});

test('what is sealed while it is looked at is no fault', async () => {
  const { all } = await ensureKeys(path(), now());
  const kept = new SealedLog(stores.readStore);
  const lastSigned = lastSignedBeside(path());
  let times = 0;
  const sealing = async <T>(answer: T): Promise<T> => {
    await playStory(stores.eventStore, [`BK-90${(times += 1)}`]);
    await sealer.seal();
    return answer;
  };
  const keys = all.map(({ key }) => key);
  const given = { eventStore: stores.eventStore, prefixes: streamPrefixes, keys };
  const whileAsked = Object.assign(Object.create(kept) as SealedLog, {
    latest: async () => sealing(await kept.latest()),
  });
  expect((await fsck({ ...given, sealed: whileAsked, lastSigned })).findings).toEqual([]);
  const whileRead = { ...lastSigned, read: async () => sealing(await lastSigned.read()) };
  expect((await fsck({ ...given, sealed: kept, lastSigned: whileRead })).findings).toEqual([]);
});

test('an event that was changed is named, in a full tile and in the last', async () => {
  for (const at of [0, 200, 255, 256, 22 * 13 - 1]) {
    const { findings } = await check((event, index) =>
      index === at ? [{ ...event, data: { ...event.data, forged: true } }] : [event],
    );
    expect(findings.find((one) => one.startsWith(`event ${at} `))).toContain(
      'not the one that was sealed',
    );
  }
});

test('an event that was taken away, put in or moved is found', async () => {
  const without = await check((event, index) => (index === 100 ? [] : [event]));
  expect(without.findings.join()).toContain('event 100 ');
  const more = await check((event, index) => (index === 100 ? [event, event] : [event]));
  expect(more.findings.join()).toContain('event 101 ');
  const end = await check((event, index) => (index >= 280 ? [] : [event]));
  expect(end.findings.join()).toContain('the log ends behind event 279; 286 events were sealed');
});

test('where what was sealed is gone the log is not said to be right', async () => {
  const { all } = await ensureKeys(path(), now());
  const emptied = await embeddedStores();
  const keys = all.map(({ key }) => key);
  const given = { sealed: new SealedLog(emptied.readStore), prefixes: streamPrefixes, keys };
  const lastSigned = lastSignedBeside(path());
  const { findings } = await fsck({ ...given, eventStore: stores.eventStore, lastSigned });
  expect(findings.join()).toContain('is not kept any more; the log is the one that was signed');
  const other = await fsck({ ...given, eventStore: emptied.eventStore, lastSigned });
  expect(other.findings.join()).toContain('the log is not the one that was');
  const never = lastSignedBeside(join(emptied.folder, 'none'));
  await expect(
    fsck({ ...given, eventStore: emptied.eventStore, lastSigned: never }),
  ).rejects.toThrow(NothingSealed);
  await emptied.dispose();
});

describe('one that is ended half way', () => {
  /** A log of some thousand events, and a check of it that is ended behind so many. */
  async function checked(given: { readonly endAt?: number } = {}) {
    const { eventStore } = stores;
    const signing = await ensureKeys(path(), now());
    const ending = new AbortController();
    const slow: EventStore = Object.assign(Object.create(eventStore) as EventStore, {
      async *readPages(options: Parameters<EventStore['readPages']>[0]) {
        for await (const page of eventStore.readPages(options)) {
          for (const event of page) {
            read += 1;
            if (given.endAt !== undefined && read > given.endAt) ending.abort();
            yield [event];
          }
        }
      },
    });
    let read = 0;
    const result = await fsck({
      eventStore: slow,
      sealed: new SealedLog(stores.readStore),
      prefixes: streamPrefixes,
      keys: signing.all.map(({ key }) => key),
      lastSigned: lastSignedBeside(path()),
      milestones: { kept: fsckBeside(path()), signing, now, everyMs: 0 },
      signal: ending.signal,
    }).catch((error: unknown) => error as Error);
    return { result, read: () => read };
  }

  test('goes on where it was, and finds what lies behind and what it had found', async () => {
    const ended = await checked({ endAt: 270 });
    expect(ended.result).toMatchObject({ name: 'AbortError' });
    const on = await checked();
    expect(on.result).toMatchObject({
      before: { size: 256 },
      events: 22 * 13,
      checkpoints: 4,
      findings: [],
    });
    expect(on.read()).toBe(22 * 13 - 256);
    // Nothing is left of it: the next looks at all of it.
    const anew = await checked();
    expect([anew.result, anew.read()]).toMatchObject([{ before: undefined }, 22 * 13]);
  });

  test('begins anew where what it had come to is old, another’s, or was changed', async () => {
    const kept = fsckBeside(path());
    await checked({ endAt: 270 });
    const note = (await kept.read()) ?? '';
    const all = async () => (await checked()).read();
    await kept.write(note.replace('"size":256', '"size":128'));
    expect(await all()).toBe(22 * 13);
    await kept.write(note.slice(0, 100));
    expect(await all()).toBe(22 * 13);
    await kept.write(note);
    await rotateKeys(path(), now(), 'add');
    expect(await all()).toBe(22 * 13 - 256);
  });
});
