import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AssignEntryNumber } from '#domain';
import {
  EventStoreUnavailable,
  openSqliteEventStore,
  type EventStore,
  type Position,
} from '#event-store';
import { ReadStoreUnavailable, type ReadStore, type StoredDoc } from '#read-store';
import { removeDocument } from '../../../test/support/remove-document.ts';
import { assign, correct, openBook } from '../../../test/support/register-samples.ts';
import {
  copyLog,
  documents,
  embeddedStores,
  play,
  type TestStores,
} from '../../../test/support/stores.ts';
import { until } from '../../../test/support/until.ts';
import { follow } from '../following/follow.ts';
import { specOf } from '../ledger/collections.ts';
import { calledOff, RebuildRunning } from '../ledger/rebuilding.ts';
import { changeLedger, dropExpired, findLedger, requireLedger } from '../ledger/record.ts';
import { allProjections } from '../all.ts';
import { bookDetails } from '../models/book-details.ts';
import { registerEntries } from '../models/register-entries.ts';
import type { Projection } from '../projection.ts';
import { ReadModels } from '../read-models.ts';
import { claimRebuild } from './claim.ts';
import { rebuild } from './rebuild.ts';

/** Rebuilds into which something falls: a store that fails once, another process, a kill. */

const numbersTo = (last: number, given: Partial<AssignEntryNumber> = {}) => [
  openBook({ closesOn: '2024-12-31' }),
  ...Array.from({ length: last }, (_, index) => assign({ document: index + 1, ...given })),
];

let stores: TestStores;

beforeEach(async () => {
  stores = await embeddedStores();
});

afterEach(() => stores.dispose());

const liveOf = async (projection: Projection) =>
  (await requireLedger(stores.readStore, projection)).live;
const docsOf = async (projection: Projection) =>
  documents(stores.readStore, specOf(projection, (await liveOf(projection)).collection));

/** The write that makes what was filled the live collection. */
const isSwap = (key: string, value: { readonly next?: unknown }): boolean =>
  key === 'ledger/register_entries' && value.next === null;

/** Fails the one write the test names, before or after it is done. */
function failing(
  fails: (key: string, value: { readonly next?: unknown }) => boolean,
  when: 'before' | 'after',
): ReadStore {
  let hasFailed = false;
  return {
    ...stores.readStore,
    writeRecord: async (key, value, ...rest) => {
      const isIt = !hasFailed && fails(key, value);
      if (isIt) hasFailed = true;
      if (!isIt) return stores.readStore.writeRecord(key, value, ...rest);
      if (when === 'after') await stores.readStore.writeRecord(key, value, ...rest);
      throw new ReadStoreUnavailable('cut off');
    },
  };
}

describe('several read models, of which one cannot be swapped in at first', () => {
  it.each(['before', 'after'] as const)(
    'leave nothing behind that a later rebuild takes for its own (%s it is done)',
    async (when) => {
      await play(stores.eventStore, numbersTo(5));
      await rebuild(stores, [bookDetails, registerEntries]);
      const readStore = failing(isSwap, when);
      const first = rebuild({ ...stores, readStore }, [bookDetails, registerEntries]);
      await expect(first).rejects.toThrow(ReadStoreUnavailable);
      expect((await findLedger(stores.readStore, bookDetails))?.next).toBeNull();
      // Damage that only a real rebuild puts right.
      const { collection } = await liveOf(bookDetails);
      const [id = ''] = [...(await docsOf(bookDetails)).keys()];
      await removeDocument(stores.readStore, specOf(bookDetails, collection), id);
      await rebuild(stores, [bookDetails, registerEntries]);
      expect((await docsOf(bookDetails)).size).toBe(1);
      expect((await docsOf(registerEntries)).size).toBe(5);
      for (const one of [bookDetails, registerEntries]) {
        const { live, previous, next } = await requireLedger(stores.readStore, one);
        expect(previous?.collection).not.toBe(live.collection);
        expect(next).toBeNull();
      }
    },
  );
});

/** The log read until it has been stopped for so many events. */
function stoppedAfter(events: number) {
  const stopping = new AbortController();
  const onProgress = (done: number): void => {
    if (done >= events) stopping.abort();
  };
  return { ...stores, milestoneMs: 0, signal: stopping.signal, onProgress };
}

describe('a rebuild of all that cannot begin', () => {
  it('leaves what an earlier one had reached as it was', async () => {
    await play(stores.eventStore, numbersTo(350));
    await expect(rebuild(stoppedAfter(200), [registerEntries])).rejects.toThrow('aborted');
    const { next: reached } = await requireLedger(stores.readStore, registerEntries);
    await claimRebuild(stores.readStore, bookDetails);
    const all = rebuild(stores, [registerEntries, bookDetails]);
    await tellingOn(async () => {
      await expect(all).rejects.toThrow(RebuildRunning);
    });
    const { next } = await requireLedger(stores.readStore, registerEntries);
    expect(next).toMatchObject({ state: 'left', collection: reached?.collection });
    const resumed: number[] = [];
    const onResume = (_: Projection, events: number): void => void resumed.push(events);
    await rebuild({ ...stores, onResume }, [registerEntries]);
    expect(resumed[0]).toBeGreaterThanOrEqual(100);
    expect((await docsOf(registerEntries)).size).toBe(350);
  }, 30_000);

  /** Somebody is at it, and tells so. */
  async function tellingOn(work: () => Promise<void>): Promise<void> {
    const tick = setInterval(() => {
      void beat().catch(() => undefined);
    }, 100);
    try {
      await work();
    } finally {
      clearInterval(tick);
    }
  }

  async function beat(): Promise<void> {
    const key = `ledger/${bookDetails.name}`;
    const record = await stores.readStore.readRecord(key);
    const { next, ...ledger } = record?.value as unknown as { next: { beat: number } };
    const value = { ...ledger, next: { ...next, beat: next.beat + 1 } };
    await stores.readStore.writeRecord(key, value, record?.version ?? 0);
  }
});

describe('a rebuild whose process is killed at any moment of taking over what was left', () => {
  it('is gone on with, and nothing that was filled is lost on the way', async () => {
    await play(stores.eventStore, numbersTo(350));
    await expect(rebuild(stoppedAfter(200), [registerEntries])).rejects.toThrow('aborted');
    // Killed between the ledger's new name and the taking over under it.
    const dies: ReadStore = {
      ...stores.readStore,
      resume: () => Promise.reject(new ReadStoreUnavailable('killed')),
    };
    await expect(rebuild({ ...stores, readStore: dies }, [registerEntries])).rejects.toThrow(
      'killed',
    );
    await dropExpired(stores.readStore, registerEntries, { now: new Date(), graceMs: 0 });
    const resumed: number[] = [];
    const onResume = (_: Projection, events: number): void => void resumed.push(events);
    await rebuild({ ...stores, onResume }, [registerEntries]);
    expect(resumed[0]).toBeGreaterThanOrEqual(100);
    expect((await docsOf(registerEntries)).size).toBe(350);
  });
});

describe.each([
  ['and has grown differently past where the rebuild was', 300],
  ['and ends before where the rebuild was', 3],
])('a log that was put back under a rebuild that was left, %s', (_, numbers) => {
  let older: EventStore;

  beforeEach(async () => {
    await play(stores.eventStore, numbersTo(3));
    older = openSqliteEventStore(await copyLog(stores));
    await play(older, numbersTo(numbers, { requester: 'Khác' }).slice(4));
    await play(stores.eventStore, numbersTo(250));
  });

  afterEach(() => older.close());

  async function rebuiltFromThePutBack(): Promise<void> {
    const resumed: number[] = [];
    const onResume = (_: Projection, events: number): void => void resumed.push(events);
    await rebuild({ ...stores, eventStore: older, onResume }, [registerEntries]);
    expect([await docsOf(registerEntries)]).toEqual(await foldedAnew(older, [registerEntries]));
    expect((await docsOf(registerEntries)).size).toBe(numbers);
    expect(resumed).toEqual([]);
    const { live, previous, next } = await requireLedger(stores.readStore, registerEntries);
    expect(next).toBeNull();
    const there = new Set(await stores.readStore.collections());
    expect(there).toEqual(new Set([live.collection, previous?.collection]));
  }

  it('leaves nothing of the lost events where a milestone had been reached', async () => {
    await expect(rebuild(stoppedAfter(200), [registerEntries])).rejects.toThrow('aborted');
    await rebuiltFromThePutBack();
  });

  it('leaves nothing of the lost events where all was filled but not swapped in', async () => {
    // The first ledger is there, so that the write that fails is the swap.
    await requireLedger(stores.readStore, registerEntries);
    const readStore = failing(isSwap, 'before');
    const first = rebuild({ ...stores, readStore }, [registerEntries]);
    await expect(first).rejects.toThrow(ReadStoreUnavailable);
    await rebuiltFromThePutBack();
  });
});

describe('a rebuild that was left, while nobody can say which log there is', () => {
  it('is left again, with what it had filled', async () => {
    await play(stores.eventStore, numbersTo(250));
    await expect(rebuild(stoppedAfter(200), [registerEntries])).rejects.toThrow('aborted');
    const eventAt = () => Promise.reject(new EventStoreUnavailable('away'));
    const away = { ...stores, eventStore: { ...stores.eventStore, eventAt } };
    await expect(rebuild(away, [registerEntries])).rejects.toThrow(EventStoreUnavailable);
    const resumed: number[] = [];
    const onResume = (_: Projection, events: number): void => void resumed.push(events);
    await rebuild({ ...stores, onResume }, [registerEntries]);
    expect(resumed[0]).toBeGreaterThanOrEqual(100);
    expect((await docsOf(registerEntries)).size).toBe(250);
  });
});

describe('a rebuild that is stopped when it was called off already', () => {
  it('leaves nothing, and whoever has called it off need not wait for it', async () => {
    await play(stores.eventStore, numbersTo(5));
    const { readStore } = stores;
    const stopping = new AbortController();
    const eventStore: EventStore = {
      ...stores.eventStore,
      readPages: async function* (options) {
        yield* stores.eventStore.readPages(options);
        await changeLedger(readStore, registerEntries, calledOff);
        stopping.abort();
      },
    };
    const off = rebuild({ eventStore, readStore, signal: stopping.signal }, [registerEntries]);
    await expect(off).rejects.toThrow('aborted');
    const { next, live } = await requireLedger(readStore, registerEntries);
    expect(next).toBeNull();
    expect(await readStore.collections()).toEqual([live.collection]);
  });
});

describe('the name of a generation', () => {
  it('is never given again, whatever became of what had it', async () => {
    await play(stores.eventStore, numbersTo(20));
    const names = new Set<string>();
    const { readStore } = stores;
    const noting: ReadStore = {
      ...readStore,
      load: (spec) => {
        expect(names).not.toContain(spec.name);
        names.add(spec.name);
        return readStore.load(spec);
      },
    };
    const broken = {
      ...registerEntries,
      project: () => {
        throw new Error('no');
      },
    };
    for (let times = 0; times < 3; times += 1) {
      await rebuild({ ...stores, readStore: noting }, [registerEntries]);
      const stops = { ...stores, readStore: noting, parks: () => false };
      await expect(rebuild(stops, [broken])).rejects.toThrow('no');
      await dropExpired(readStore, registerEntries, { now: new Date(), graceMs: 0 });
    }
    expect(names.size).toBeGreaterThanOrEqual(6);
  }, 30_000);
});

async function readUntil(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await docsOf(registerEntries);
    await nextTurn();
  }
}

/** What these read models must hold, folded into a store of its own, document for document. */
async function foldedAnew(
  eventStore: EventStore,
  projections: readonly Projection[],
): Promise<readonly Map<string, StoredDoc>[]> {
  const fresh = await embeddedStores();
  await rebuild({ eventStore, readStore: fresh.readStore }, projections);
  const docs = projections.map(async (one) => {
    const { live } = await requireLedger(fresh.readStore, one);
    return documents(fresh.readStore, specOf(one, live.collection));
  });
  const all = await Promise.all(docs);
  await fresh.dispose();
  return all;
}

describe('rebuilding all read models twice in turn under reading and writing', () => {
  it('makes every document as the log has it both times, and checkpoints stay small', async () => {
    const { eventStore, readStore } = stores;
    const stopping = new AbortController();
    const { signal } = stopping;
    const options = { eventStore, readStore, projections: allProjections, signal, leaseMs: 300 };
    const following = follow({ ...options, log: () => undefined });
    const reading = readUntil(signal);
    const models = new ReadModels(readStore);
    const numbers = numbersTo(240);
    for (const story of [
      numbers.slice(0, 121),
      [...numbers.slice(121), correct({ number: 3, requester: 'Lê Thị Hoa' })],
    ]) {
      const writing = play(eventStore, story);
      await rebuild(stores, allProjections);
      await writing;
      const head = (await eventStore.head()) as Position;
      for (const one of allProjections) expect(await models.waitFor(one, head, 20_000)).toBe(true);
      expect(await Promise.all(allProjections.map(docsOf))).toEqual(
        await foldedAnew(eventStore, allProjections),
      );
    }
    stopping.abort();
    await Promise.all([reading, following]);
    for (const one of allProjections) {
      const { collection, generation } = await liveOf(one);
      expect(generation).toBe(3);
      const checkpoint = await readStore.readRecord(`checkpoint:${collection}`);
      expect(JSON.stringify(checkpoint?.value).length).toBeLessThan(250);
      expect(checkpoint?.value['events']).toBe(242);
      expect(checkpoint?.value['position']).toBe(await eventStore.head());
    }
  }, 60_000);
});

describe('a store whose progress cannot be written for a while', () => {
  it('is no reason for a rebuild to end', async () => {
    await play(stores.eventStore, numbersTo(30));
    let failures = 0;
    const readStore: ReadStore = {
      ...stores.readStore,
      writeRecord: async (key, value, ...rest) => {
        const { next } = value as { next?: { state?: string; done?: number } };
        const isTick = next?.state === 'filling' && (next.done ?? 0) > 0;
        if (!isTick) return stores.readStore.writeRecord(key, value, ...rest);
        failures += 1;
        throw new ReadStoreUnavailable('an election');
      },
    };
    const slow: EventStore = {
      ...stores.eventStore,
      readPages: async function* (options) {
        yield* stores.eventStore.readPages(options);
        if (options?.after === undefined) await until(() => failures > 0, 5000);
      },
    };
    await rebuild({ ...stores, eventStore: slow, readStore }, [registerEntries]);
    expect(failures).toBeGreaterThan(0);
    expect((await docsOf(registerEntries)).size).toBe(30);
  });
});
