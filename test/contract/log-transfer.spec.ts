import { once } from 'node:events';
import { mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BrokenLogFile,
  EventStoreUnavailable,
  exportLog,
  UnderWay,
  importLog,
  openEventStoreDb,
  openSqliteEventStore,
  OtherEventsThere,
  type EventStore,
} from '#event-store';
import { startEventStoreDbDouble } from '../support/eventstoredb/server.ts';
import { startProcess } from '../support/processes.ts';
import { play } from '../support/stores.ts';
import { assign, closeBook, openBook, voidNumber } from '../support/register-samples.ts';

const CHUNK = 5000;
let folder: string;
let closing: (() => Promise<void>)[];

const inFolder = (name: string): string => join(folder, name);

function sqlite(name: string): EventStore {
  const store = openSqliteEventStore(inFolder(name));
  closing.push(() => store.close());
  return store;
}

async function eventStoreDb(): Promise<EventStore> {
  const double = await startEventStoreDbDouble();
  const store = await openEventStoreDb(double.connectionString);
  closing.push(async () => {
    await store.close();
    await double.close();
  });
  return store;
}

/** A register's year, and streams beside it that take turns with each other. */
async function fill(store: EventStore, more = 0): Promise<void> {
  await play(store, [
    openBook({ closesOn: '2024-12-31' }),
    assign({ document: 1, requester: 'Nguyễn Thị Đào, "quê" ở Bắc Kạn\u2028' }),
    assign({ document: 2 }),
    voidNumber({ number: 2 }),
    closeBook(),
  ]);
  for (let index = 0; index < more; index += 100) {
    const stream = `register-X-${(index / 100) % 3}`;
    const revision = Math.floor(index / 300) * 100 - 1;
    const events = Array.from({ length: 100 }, () => ({
      id: crypto.randomUUID(),
      type: 'BookOpened',
      data: { b: 1, a: [null, { 'ký tự': 'Đ' }], '10': 1, '9': 2 },
      metadata: { schemaVersion: 1 },
    }));
    await store.append(stream, revision < 0 ? 'no-stream' : revision, events);
  }
}

async function typesIn(store: EventStore): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of store.readAll()) types.push(type);
  return types;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transfer-'));
  closing = [];
});

afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  await rm(folder, { recursive: true, force: true });
});

describe('moving a log', () => {
  it('from SQLite to EventStoreDB and back gives the same bytes', async () => {
    const [origin, server, back] = [sqlite('a.db'), await eventStoreDb(), sqlite('b.db')];
    await fill(origin, 600);
    const files = ['1', '2', '3'].map(inFolder) as [string, string, string];
    expect(await exportLog(origin, files[0])).toBe(605);
    expect(await importLog(server, files[0])).toEqual({ events: 605, before: 0 });
    await exportLog(server, files[1]);
    await importLog(back, files[1]);
    await exportLog(back, files[2]);
    const [first, second, third] = await Promise.all(files.map((file) => readFile(file)));
    expect(second?.equals(first as Buffer)).toBe(true);
    expect(third?.equals(first as Buffer)).toBe(true);
  });

  it('keeps ids, revisions, data, and in the metadata where and when it was first recorded', async () => {
    const [origin, server] = [sqlite('a.db'), await eventStoreDb()];
    await fill(origin);
    await exportLog(origin, inFolder('log'));
    await importLog(server, inFolder('log'));
    const there = origin.readAll()[Symbol.asyncIterator]();
    for await (const event of server.readAll()) {
      const { value } = (await there.next()) as { value: typeof event };
      const { position, recordedAt, metadata, ...same } = value;
      expect(event).toMatchObject(same);
      expect(event.metadata).toEqual({ ...metadata, origin: { position, recordedAt } });
    }
    expect((await there.next()).done).toBe(true);
  });

  it('of nothing is a file of nothing', async () => {
    await exportLog(sqlite('a.db'), inFolder('log'));
    expect(await importLog(sqlite('b.db'), inFolder('log'))).toEqual({ events: 0, before: 0 });
  });
});

/** Leaves an export to `log` as it is when its first chunk is in the file. */
async function cutOff(store: EventStore): Promise<void> {
  const stopping = new AbortController();
  const cut = exportLog(store, inFolder('log'), {
    signal: stopping.signal,
    onProgress: () => stopping.abort(),
  });
  await expect(cut).rejects.toThrow();
}

/** Whether `log` is what an export that nothing disturbed makes of the store. */
async function isWhole(store: EventStore): Promise<boolean> {
  await exportLog(store, inFolder('whole'));
  const [whole, log] = await Promise.all(['whole', 'log'].map((name) => readFile(inFolder(name))));
  return (log as Buffer).equals(whole as Buffer);
}

describe('an export that is cut off', () => {
  it('goes on where it was, to the same bytes, and has no name before', async () => {
    const store = sqlite('a.db');
    await fill(store, 2 * CHUNK + 300);
    await cutOff(store);
    await expect(stat(inFolder('log'))).rejects.toThrow('ENOENT');
    // As a kill in the middle of a write would leave it.
    const part = await open(inFolder('log.part'), 'a');
    await part.write('half a chunk');
    await part.close();
    const counts: number[] = [];
    await exportLog(store, inFolder('log'), { onProgress: (events) => counts.push(events) });
    expect(counts[0]).toBe(2 * CHUNK);
    expect(await isWhole(store)).toBe(true);
  }, 30_000);

  it.each([
    ['that was put back and has grown beyond', () => Promise.resolve(sqlite('b.db')), 2 * CHUNK],
    ['that was put back and ends before', () => Promise.resolve(sqlite('b.db')), 600],
    ['of another kind of store', eventStoreDb, 600],
  ])(
    'begins anew on a log %s',
    async (_what, another, more) => {
      const [lost, store] = [sqlite('a.db'), await another()];
      await fill(lost, 2 * CHUNK);
      await fill(store, more);
      await cutOff(lost);
      expect(await exportLog(store, inFolder('log'))).toBe(more + 5);
      expect(await isWhole(store)).toBe(true);
    },
    30_000,
  );

  it('begins anew where it was noted without the event it had come to, as by an earlier version', async () => {
    const store = sqlite('a.db');
    await fill(store, 2 * CHUNK);
    await cutOff(store);
    const noted = JSON.parse(await readFile(inFolder('log.part.json'), 'utf8')) as object;
    await writeFile(inFolder('log.part.json'), JSON.stringify({ ...noted, id: undefined }));
    const counts: number[] = [];
    await exportLog(store, inFolder('log'), { onProgress: (events) => counts.push(events) });
    expect(counts[0]).toBe(CHUNK);
    expect(await isWhole(store)).toBe(true);
  }, 30_000);

  it('by a kill keeps nobody from going on', async () => {
    const store = sqlite('a.db');
    await fill(store, 2 * CHUNK);
    const files = [inFolder('a.db'), inFolder('log')];
    await once(startProcess('test/support/export-killed.ts', files, {}), 'close');
    expect(await readdir(folder)).toContain('log.part.lock');
    const counts: number[] = [];
    await exportLog(store, inFolder('log'), { onProgress: (events) => counts.push(events) });
    expect(counts[0]).toBe(2 * CHUNK);
    expect(await isWhole(store)).toBe(true);
  }, 30_000);
});

describe('an export to a file that another is writing', () => {
  it('is refused by name, and leaves the other alone', async () => {
    const store = sqlite('a.db');
    await fill(store, 2 * CHUNK);
    const refused: Promise<void>[] = [];
    const onProgress = (): void => {
      const second = exportLog(store, inFolder('log'));
      refused.push(expect(second).rejects.toThrow(UnderWay));
    };
    await exportLog(store, inFolder('log'), { onProgress });
    await Promise.all(refused);
    expect(refused.length).toBeGreaterThan(1);
    expect(await isWhole(store)).toBe(true);
    const left = (await readdir(folder)).filter((name) => name.startsWith('log'));
    expect(left).toEqual(['log']);
  }, 30_000);
});

describe('an import', () => {
  it('that is cut off goes on where it was', async () => {
    const [origin, target] = [sqlite('a.db'), sqlite('b.db')];
    await fill(origin, 600);
    await exportLog(origin, inFolder('log'));
    const stopping = new AbortController();
    const cut = importLog(target, inFolder('log'), {
      signal: stopping.signal,
      onProgress: () => stopping.abort(),
    });
    await expect(cut).rejects.toThrow();
    const before = (await typesIn(target)).length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(605);
    expect(await importLog(target, inFolder('log'))).toEqual({ events: 605, before });
    expect(await typesIn(target)).toEqual(await typesIn(origin));
    expect(await importLog(target, inFolder('log'))).toEqual({ events: 605, before: 605 });
  });

  it('into a log that has gone on since changes nothing', async () => {
    const [origin, target] = [sqlite('a.db'), sqlite('b.db')];
    await fill(origin);
    await exportLog(origin, inFolder('log'));
    await importLog(target, inFolder('log'));
    const more = { id: crypto.randomUUID(), type: 'BookOpened', data: {}, metadata: {} };
    await target.append('register-new', 'no-stream', [more]);
    await importLog(target, inFolder('log'));
    expect(await typesIn(target)).toHaveLength(6);
  });

  it('into a log of other events writes nothing', async () => {
    const [origin, target] = [sqlite('a.db'), sqlite('b.db')];
    await fill(origin);
    await fill(target);
    await exportLog(origin, inFolder('log'));
    await expect(importLog(target, inFolder('log'))).rejects.toThrow(OtherEventsThere);
    expect(await typesIn(target)).toHaveLength(5);
  });

  it.each([
    ['cut off', (file: Buffer) => file.subarray(0, file.length - 20)],
    ['with a flipped bit', (file: Buffer) => flipped(file)],
    ['with a line taken out', (file: Buffer) => edited(file, (lines) => lines.toSpliced(2, 1))],
    ['with a word changed', (file: Buffer) => edited(file, (lines) => lines.map(forge))],
    ['without its footer', (file: Buffer) => edited(file, (lines) => lines.slice(0, -2))],
    ['that is something else', () => gzipSync('{"hello":1}\n')],
    ['that is not even compressed', () => Buffer.from('hello')],
    ['that is empty', () => Buffer.alloc(0)],
  ])('of a file %s writes nothing', async (_what, damage) => {
    const [origin, target] = [sqlite('a.db'), sqlite('b.db')];
    await fill(origin);
    await exportLog(origin, inFolder('log'));
    await writeFile(inFolder('log'), damage(await readFile(inFolder('log'))));
    await expect(importLog(target, inFolder('log'))).rejects.toThrow(BrokenLogFile);
    expect(await typesIn(target)).toEqual([]);
  });
});

const idsIn = async (store: EventStore): Promise<string[]> => {
  const ids: string[] = [];
  for await (const { id } of store.readAll()) ids.push(id);
  return ids;
};

/** The same store, told of each append before it is carried out; what the telling throws, the append does. */
function telling(store: EventStore, tell: (nth: number) => void): EventStore {
  let calls = 0;
  const append: EventStore['append'] = async (...args) => {
    tell((calls += 1));
    return store.append(...args);
  };
  return {
    ...store,
    append,
    appendInOrder: async (appends) => {
      for (const { stream, expected, events } of appends) await append(stream, expected, events);
    },
  };
}

const foreign = () => ({ id: crypto.randomUUID(), type: 'BookOpened', data: {}, metadata: {} });

describe('an import that is disturbed', () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): number => unhandled.push(reason);
  beforeEach(() => {
    unhandled.length = 0;
    process.on('unhandledRejection', note);
  });
  afterEach(() => {
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it.each([
    ['SQLite', () => Promise.resolve(sqlite('b.db'))],
    ['EventStoreDB', eventStoreDb],
  ])(
    'stops at the first append that fails, whichever, and goes on when run again: %s',
    async (_name, open) => {
      const [origin, target] = [sqlite('a.db'), await open()];
      await fill(origin, 1500);
      await exportLog(origin, inFolder('log'));
      const whole = await idsIn(origin);
      for (const failing of [1, 2, 9]) {
        const flaky = telling(target, (nth) => {
          if (nth === failing) throw new EventStoreUnavailable(`append ${nth}`);
        });
        await expect(importLog(flaky, inFolder('log'))).rejects.toThrow(EventStoreUnavailable);
        const there = await idsIn(target);
        expect(there).toEqual(whole.slice(0, there.length));
        expect(there.length).toBeLessThan(whole.length);
      }
      await importLog(target, inFolder('log'));
      expect(await idsIn(target)).toEqual(whole);
    },
    30_000,
  );

  it.each([
    ['in a stream of the file', 'register-X-1'],
    ['in a stream of its own', 'register-other'],
  ])(
    'by a second writer %s stops there, names the event, and takes it up no more',
    async (_where, stream) => {
      const [origin, target, second] = [sqlite('a.db'), sqlite('b.db'), sqlite('b.db')];
      await fill(origin, 3000);
      await exportLog(origin, inFolder('log'));
      const whole = await idsIn(origin);
      let expected = -1;
      const disturb = async (): Promise<void> => {
        for await (const { revision } of second.readStream(stream)) expected = revision;
        await second.append(stream, expected < 0 ? 'no-stream' : expected, [foreign()]);
      };
      let groups = 0;
      const disturbed: EventStore = {
        ...target,
        appendInOrder: async (appends) => {
          if ((groups += 1) === 3) await disturb();
          return target.appendInOrder(appends);
        },
      };
      const refused = importLog(disturbed, inFolder('log'));
      await expect(refused).rejects.toThrow(OtherEventsThere);
      const named = `${stream} ${expected + 1} of the store`;
      await expect(refused).rejects.toThrow(named);
      const there = await idsIn(target);
      const own = there.filter((id) => whole.includes(id));
      expect(own).toEqual(whole.slice(0, own.length));
      expect(own.length).toBeLessThan(whole.length);
      expect(there).toHaveLength(own.length + 1);
      await expect(importLog(target, inFolder('log'))).rejects.toThrow(named);
      expect(await idsIn(target)).toEqual(there);
    },
  );

  it('by one that never pauses leaves no hole and is refused', async () => {
    const [origin, target, second] = [sqlite('a.db'), sqlite('b.db'), sqlite('b.db')];
    await fill(origin, 3000);
    await exportLog(origin, inFolder('log'));
    const whole = await idsIn(origin);
    let isDone = false;
    const write = async (): Promise<void> => {
      for (let next = 0; !isDone; next += 1) {
        await second.append('register-other', next === 0 ? 'no-stream' : next - 1, [foreign()]);
      }
    };
    let writing: Promise<void> | undefined;
    const onProgress = (): void => void (writing ??= write());
    await expect(importLog(target, inFolder('log'), { onProgress })).rejects.toThrow(
      OtherEventsThere,
    );
    isDone = true;
    await writing;
    const own = (await idsIn(target)).filter((id) => whole.includes(id));
    expect(own).toEqual(whole.slice(0, own.length));
  });

  it('by a second import of the same file fills the log once, in order', async () => {
    const [origin, target, second] = [sqlite('a.db'), sqlite('b.db'), sqlite('b.db')];
    await fill(origin, 3000);
    await exportLog(origin, inFolder('log'));
    await Promise.all([target, second].map((one) => importLog(one, inFolder('log'))));
    expect(await idsIn(target)).toEqual(await idsIn(origin));
  });
});

function flipped(file: Buffer): Buffer {
  const copy = Buffer.from(file);
  copy[100] = (copy[100] ?? 0) ^ 1;
  return copy;
}

const edited = (file: Buffer, edit: (lines: string[]) => string[]): Buffer =>
  gzipSync(edit(gunzipSync(file).toString().split('\n')).join('\n'));

const forge = (line: string): string => line.replace('Nguyễn Thị Đào', 'Nguyễn Thị Mai');
