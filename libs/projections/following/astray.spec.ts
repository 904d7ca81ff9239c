import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore, type EventStore, type Position } from '#event-store';
import { assign, openBook, register } from '../../../test/support/register-samples.ts';
import {
  copyLog,
  documents,
  embeddedStores,
  play,
  type TestStores,
} from '../../../test/support/stores.ts';
import { until } from '../../../test/support/until.ts';
import { knownNumbers } from '../known-numbers.ts';
import { ReadModelAstray } from '../checking/astray.ts';
import { verify } from '../checking/verify.ts';
import { specOf } from '../ledger/collections.ts';
import { requireLedger } from '../ledger/record.ts';
import { bookDetails } from '../models/book-details.ts';
import { registerEntries } from '../models/register-entries.ts';
import type { Projection } from '../projection.ts';
import { ReadModels } from '../read-models.ts';
import { NothingToRollBackTo } from '../ledger/rebuilding.ts';
import { rebuild } from '../rebuilding/rebuild.ts';
import { rollback } from '../rebuilding/rollback.ts';
import { projectionStatus } from '../status.ts';
import type { Follower } from './follower.ts';
import { follow } from './follow.ts';

/** Read models that are ahead of their log: an older copy of it was put back, or another took its place. */

const projections = [bookDetails, registerEntries];
const numbersTo = (last: number) => [
  openBook({ closesOn: '2024-12-31' }),
  ...Array.from({ length: last }, (_, index) => assign({ document: index + 1 })),
];
const othersTo = (last: number) => [
  openBook({ closesOn: '2024-12-31' }),
  ...Array.from({ length: last }, (_, index) => assign({ document: index + 1, requester: 'Khác' })),
];

let stores: TestStores;
let opened: EventStore[];
let stops: (() => Promise<void>)[];

beforeEach(async () => {
  stores = await embeddedStores();
  opened = [];
  stops = [];
});

afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await Promise.all(opened.map((store) => store.close()));
  await stores.dispose();
});

function start(
  eventStore: EventStore,
  onAstray?: Follower['onAstray'],
  followed: readonly Projection[] = projections,
) {
  const stopping = new AbortController();
  const said: string[] = [];
  const done = follow({
    eventStore,
    readStore: stores.readStore,
    projections: followed,
    signal: stopping.signal,
    log: (level, message) => {
      if (level === 'error') said.push(message);
    },
    ...(onAstray && { onAstray }),
    leaseMs: 300,
    firstPauseMs: 10,
  });
  const stop = async () => {
    stopping.abort();
    await done;
  };
  stops.push(stop);
  return { stop, said };
}

async function caughtUp(eventStore: EventStore): Promise<void> {
  const head = (await eventStore.head()) as Position;
  const models = new ReadModels(stores.readStore, eventStore);
  for (const one of projections) {
    const isThere = () => models.waitFor(one, head, 1000).catch(() => false);
    await until(isThere, 20_000);
  }
}

/** A log that stood at number 3, put back under read models that have seen number 8. */
async function putBack(): Promise<EventStore> {
  await play(stores.eventStore, numbersTo(3));
  const copy = await copyLog(stores);
  const { stop } = start(stores.eventStore);
  await play(stores.eventStore, numbersTo(8));
  await caughtUp(stores.eventStore);
  await stop();
  const store = openSqliteEventStore(copy);
  opened.push(store);
  return store;
}

async function another(): Promise<EventStore> {
  const { stop } = start(stores.eventStore);
  await play(stores.eventStore, numbersTo(3));
  await caughtUp(stores.eventStore);
  await stop();
  const store = openSqliteEventStore(join(stores.folder, 'another.db'));
  opened.push(store);
  await play(store, othersTo(5));
  return store;
}

const entries = async () => {
  const { live } = await requireLedger(stores.readStore, registerEntries);
  return documents(stores.readStore, specOf(registerEntries, live.collection));
};

describe.each([
  ['a log that was put back', async () => putBack(), 3],
  [
    'a log that was put back and has grown past where it was',
    async () => {
      const store = await putBack();
      await play(store, [...numbersTo(3), ...othersTo(12).slice(4)]);
      return store;
    },
    12,
  ],
  ['another server', another, 5],
] as const)('%s', (_, make, numbers) => {
  it('is noticed: nothing wrong is read, the read models are filled again, and operators see why', async () => {
    const log = await make();
    const models = new ReadModels(stores.readStore, log);
    const head = (await log.head()) as Position;
    await expect(models.find(registerEntries, { limit: 10 })).rejects.toThrow(ReadModelAstray);
    await expect(models.waitFor(registerEntries, head, 0)).rejects.toThrow(ReadModelAstray);
    await expect(
      verify(
        { eventStore: log, readStore: stores.readStore, scratch: stores.readStore },
        registerEntries,
      ),
    ).rejects.toThrow(ReadModelAstray);
    const seen: string[] = [];
    const { said } = start(log, async () => {
      seen.push((await projectionStatus({ ...stores, eventStore: log }, registerEntries)).state);
      await Promise.resolve();
    });
    await caughtUp(log);
    expect(said).toContain('projector: a read model is of another log, and is filled again');
    expect(seen).toHaveLength(1);
    const docs = await entries();
    expect(docs.size).toBe(numbers);
    expect((await models.find(registerEntries, { limit: 10 })).total).toBe(numbers);
    // What the other log has filled is nothing to go back to.
    const both = { eventStore: log, readStore: stores.readStore };
    await expect(rollback(both, registerEntries)).rejects.toThrow(NothingToRollBackTo);
    expect(await projectionStatus(both, registerEntries)).toMatchObject({
      state: 'live',
      astray: null,
      lag: 0,
    });
  });
});

describe('numbers the log has lost', () => {
  it('are told before the read models that know of them are filled again', async () => {
    const log = await putBack();
    const told: unknown[] = [];
    start(log, async (known) => {
      told.push(known);
      await Promise.resolve();
    });
    await caughtUp(log);
    expect(told).toEqual([[{ register, lastNumber: 8 }]]);
  });

  it('are told again where nobody could be told, and nothing is filled before', async () => {
    const log = await putBack();
    let tries = 0;
    start(log, async () => {
      tries += 1;
      expect((await entries()).size).toBe(8);
      if (tries < 3) throw new Error('the log is away');
    });
    await caughtUp(log);
    expect(tries).toBe(3);
  });
});

describe('numbers the log has lost, where nobody has followed it since', () => {
  it('are told before a rebuild begins, and what the other log has filled is nothing to go back to', async () => {
    const log = await putBack();
    const told: unknown[] = [];
    const onAstray: Follower['onAstray'] = async (known) => {
      const { next } = await requireLedger(stores.readStore, bookDetails);
      told.push({ known, next });
    };
    const job = { eventStore: log, readStore: stores.readStore, onAstray };
    await rebuild(job, projections);
    expect(told).toEqual([{ known: [{ register, lastNumber: 8 }], next: null }]);
    for (const one of projections)
      expect((await requireLedger(stores.readStore, one)).previous).toBeNull();
    await rebuild(job, projections);
    expect(told).toHaveLength(1);
  });

  it('are still known where nobody could be told: nothing is rebuilt', async () => {
    const log = await putBack();
    const onAstray: Follower['onAstray'] = () => Promise.reject(new Error('the log is away'));
    const job = { eventStore: log, readStore: stores.readStore, onAstray };
    await expect(rebuild(job, projections)).rejects.toThrow('the log is away');
    const { live, next } = await requireLedger(stores.readStore, bookDetails);
    expect([live.generation, next]).toEqual([1, null]);
    expect(await knownNumbers(stores.readStore)).toEqual([{ register, lastNumber: 8 }]);
  });

  it('are told before it is gone back to a collection that was filled less far', async () => {
    await play(stores.eventStore, numbersTo(2));
    await rebuild(stores, [bookDetails]);
    await play(stores.eventStore, numbersTo(3));
    const copy = await copyLog(stores);
    await play(stores.eventStore, numbersTo(8));
    await rebuild(stores, [bookDetails]);
    const log = openSqliteEventStore(copy);
    opened.push(log);
    const told: unknown[] = [];
    const onAstray: Follower['onAstray'] = (known) => Promise.resolve(void told.push(known));
    await rollback({ eventStore: log, readStore: stores.readStore, onAstray }, bookDetails);
    expect(told).toEqual([[{ register, lastNumber: 8 }]]);
  });
});

describe('numbers the log has lost, where a new version of the read model comes with it', () => {
  const newer = { ...bookDetails, version: bookDetails.version + 1 };
  const isNewLive = async (): Promise<boolean> => {
    const { live } = await requireLedger(stores.readStore, newer);
    return live.version === newer.version;
  };

  it('are told before what the older version has filled is filled again', async () => {
    const log = await putBack();
    const told: unknown[] = [];
    const onAstray: Follower['onAstray'] = async (known) => {
      const { live, next } = await requireLedger(stores.readStore, newer);
      told.push({ known, version: live.version, next });
    };
    const { said } = start(log, onAstray, [newer]);
    await until(isNewLive, 20_000);
    const known = [{ register, lastNumber: 8 }];
    expect(told).toEqual([{ known, version: bookDetails.version, next: null }]);
    expect(said).toContain('projector: a read model is of another log, and is filled again');
    // What the other log has filled is nothing to go back to.
    expect((await requireLedger(stores.readStore, newer)).previous).toBeNull();
  });

  it('are none where the log is the one that was followed', async () => {
    await putBack();
    const told: unknown[] = [];
    const onAstray: Follower['onAstray'] = (known) => {
      told.push(known);
      return Promise.resolve();
    };
    const { said } = start(stores.eventStore, onAstray, [newer]);
    await until(isNewLive, 20_000);
    expect(told).toEqual([]);
    expect(said).toEqual([]);
  });
});

describe('a log that has become another under a running process', () => {
  it('is noticed though nothing was started anew', async () => {
    const older = await putBack();
    let isPutBack = false;
    const now = (): EventStore => (isPutBack ? older : stores.eventStore);
    const changing: EventStore = {
      ...stores.eventStore,
      subscribe: (options) => now().subscribe(options),
      readPages: (options) => now().readPages(options),
      readAll: (options) => now().readAll(options),
      head: (prefixes) => now().head(prefixes),
      eventAt: (position) => now().eventAt(position),
    };
    const { said } = start(changing);
    await until(async () => (await projectionStatus(stores, registerEntries)).state === 'live');
    isPutBack = true;
    await until(() => said.length > 0, 20_000);
    await caughtUp(older);
    expect((await entries()).size).toBe(3);
  }, 40_000);
});
