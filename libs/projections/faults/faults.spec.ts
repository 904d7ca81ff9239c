import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore, type EventStore, type Position } from '#event-store';
import { Fenced, type ReadStore } from '#read-store';
import {
  assign,
  correct,
  editBook,
  openBook,
  voidNumber,
} from '../../../test/support/register-samples.ts';
import {
  copyLog,
  documents,
  embeddedStores,
  play,
  type TestStores,
} from '../../../test/support/stores.ts';
import { until } from '../../../test/support/until.ts';
import { bookDetails } from '../models/book-details.ts';
import { registerEntries } from '../models/register-entries.ts';
import type { ProjectedEvent, Projection } from '../projection.ts';
import { ReadModels } from '../read-models.ts';
import { projectionStatus } from '../status.ts';
import { follow } from '../following/follow.ts';
import { specOf } from '../ledger/collections.ts';
import { NothingAtFault } from '../ledger/faults.ts';
import { requireLedger } from '../ledger/record.ts';
import { rebuild } from '../rebuilding/rebuild.ts';
import { retryFaults, skipEvent } from './resolve.ts';

/** A projection that cannot take some events, and what is done about them. */

const decided = { reason: 'sai sót đã được khắc phục', account: 'van.hanh' };
const story = [
  openBook({ closesOn: '2024-12-31' }),
  assign(),
  assign({ document: 2 }),
  correct({ number: 1, requester: 'Lê Thị Cúc Hoa' }),
  voidNumber({ number: 2 }),
  assign({ document: 3 }),
];
const another = assign({ document: 4 });

let stores: TestStores;
let stops: (() => Promise<void>)[];

beforeEach(async () => {
  stores = await embeddedStores();
  stops = [];
});

afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  await stores.dispose();
});

interface Options {
  readonly parks?: boolean;
  readonly readStore?: ReadStore;
}

function start(projections: readonly Projection[], options: Options = {}): () => Promise<void> {
  const stopping = new AbortController();
  const { parks = false, readStore = stores.readStore } = options;
  const { eventStore } = stores;
  const done = follow({
    eventStore,
    readStore,
    projections,
    signal: stopping.signal,
    log: () => undefined,
    parks: () => parks,
    leaseMs: 300,
    firstPauseMs: 10,
  });
  const stop = async (): Promise<void> => {
    stopping.abort();
    await done;
  };
  stops.push(stop);
  return stop;
}

/** Entries, but those events are too much for it as long as `breaks` says so. */
function fragile(breaks: (event: ProjectedEvent) => boolean): Projection {
  return {
    ...registerEntries,
    project: (event) => {
      if (breaks(event)) throw new Error('cannot take it');
      return registerEntries.project(event);
    },
  };
}

async function passed(projection: Projection): Promise<void> {
  const head = (await stores.eventStore.head()) as Position;
  const models = new ReadModels(stores.readStore);
  expect(await models.waitFor(projection, head, 20_000)).toBe(true);
}

async function specIn(readStore: ReadStore, projection: Projection) {
  return specOf(projection, (await requireLedger(readStore, projection)).live.collection);
}
const status = (projection: Projection) => projectionStatus(stores, projection);
const docsOf = async (projection: Projection) =>
  documents(stores.readStore, await specIn(stores.readStore, projection));

/** What the whole of the log makes of it. */
async function sound() {
  const other = await embeddedStores();
  const stopping = new AbortController();
  const { eventStore } = stores;
  const { signal } = stopping;
  const { readStore } = other;
  const projections = [registerEntries];
  const done = follow({ eventStore, readStore, projections, signal, log: () => undefined });
  const head = (await eventStore.head()) as Position;
  await new ReadModels(readStore).waitFor(registerEntries, head, 20_000);
  stopping.abort();
  await done;
  const spec = await specIn(readStore, registerEntries);
  const docs = await documents(readStore, spec);
  await other.dispose();
  return docs;
}

describe('a projection that cannot take an event', () => {
  it('is tried again, then stops before it and names it; the others go on', async () => {
    await play(stores.eventStore, story);
    const weak = fragile(({ event }) => event.type === 'EntryCorrected');
    start([weak, bookDetails]);
    await passed(bookDetails);
    await until(async () => (await status(weak)).state === 'stopped');
    const { failure, position, lag } = await status(weak);
    expect(failure).toMatchObject({
      error: 'Error: cannot take it',
      attempts: 5,
      event: { type: 'EntryCorrected', revision: 3 },
    });
    expect(lag).toBe(3);
    expect(position).not.toBeNull();
    expect((await docsOf(weak)).size).toBe(2);
  });

  it('goes on by itself when it can take the event meanwhile', async () => {
    let tries = 0;
    await play(stores.eventStore, story);
    const weak = fragile(({ event }) => event.type === 'EntryCorrected' && (tries += 1) <= 3);
    start([weak]);
    await passed(weak);
    expect(await status(weak)).toMatchObject({ state: 'live', failure: null, parked: [] });
    expect(await docsOf(weak)).toEqual(await sound());
  });

  it('stays stopped when the process is started anew, until an operator has it tried again', async () => {
    let broken = true;
    await play(stores.eventStore, story);
    const weak = fragile(({ event }) => broken && event.type === 'EntryCorrected');
    const stop = start([weak, bookDetails]);
    await until(async () => (await status(weak)).state === 'stopped');
    await stop();
    broken = false;
    start([weak, bookDetails]);
    await play(stores.eventStore, [...story, another]);
    await passed(bookDetails);
    expect((await status(weak)).state).toBe('stopped');
    await retryFaults(stores.readStore, weak, decided);
    await passed(weak);
    expect(await docsOf(weak)).toEqual(await sound());
    expect((await status(weak)).decisions).toMatchObject([{ kind: 'retry', ...decided }]);
  });

  it('passes over an event that an operator skips, now and in every rebuild', async () => {
    await play(stores.eventStore, story);
    const weak = fragile(({ event }) => event.type === 'EntryCorrected');
    start([weak]);
    await until(async () => (await status(weak)).state === 'stopped');
    const event = await skipEvent(stores.readStore, weak, decided);
    expect(event).toMatchObject({ type: 'EntryCorrected', revision: 3 });
    await passed(weak);
    const docs = await docsOf(weak);
    expect([...docs.values()].map(({ doc }) => [doc['number'], doc['state']])).toEqual([
      [1, 'assigned'],
      [2, 'voided'],
      [3, 'assigned'],
    ]);
    expect((await status(weak)).decisions).toMatchObject([{ kind: 'skip', event, ...decided }]);
  });

  it('finds an event whose document cannot be stored, as one whose projection throws', async () => {
    await play(stores.eventStore, story);
    const odd: Projection = {
      ...registerEntries,
      project: (projected) =>
        registerEntries
          .project(projected)
          .map((change) =>
            'create' in change && projected.revision === 2
              ? { ...change, create: { ...change.create, 'a.b': 1 } }
              : change,
          ),
    };
    start([odd]);
    await until(async () => (await status(odd)).state === 'stopped');
    expect((await status(odd)).failure?.event).toMatchObject({ revision: 2 });
    expect((await docsOf(odd)).size).toBe(1);
  });
});

describe('a projection that sets events aside', () => {
  const weakIn = (stream: string) => {
    const cure = { broken: true };
    const weak = fragile(
      (one) => cure.broken && one.stream.startsWith(stream) && one.event.type === 'EntryCorrected',
    );
    return { cure, weak };
  };

  it('leaves the rest of the stream out too, takes all others, and says so', async () => {
    await play(stores.eventStore, story);
    const { weak } = weakIn('register-');
    start([weak], { parks: true });
    await passed(weak);
    const { state, parked } = await status(weak);
    expect(state).toBe('live');
    expect(parked).toMatchObject([
      { error: 'Error: cannot take it', event: { type: 'EntryCorrected', revision: 3 } },
    ]);
    // Number 2 is not voided and 3 not there: both come behind what could not be taken.
    expect([...(await docsOf(weak)).values()].map(({ doc }) => doc['state'])).toEqual([
      'assigned',
      'assigned',
    ]);
  });

  it('takes it all up when an operator has it tried again', async () => {
    await play(stores.eventStore, story);
    const { weak, cure } = weakIn('register-');
    start([weak], { parks: true });
    await passed(weak);
    await retryFaults(stores.readStore, weak, decided);
    await until(async () => (await status(weak)).parked.every(({ retry }) => !retry));
    expect((await status(weak)).parked).toHaveLength(1);
    cure.broken = false;
    await play(stores.eventStore, [...story, editBook({ closesOn: '2024-11-30' })]);
    await passed(weak);
    await retryFaults(stores.readStore, weak, decided);
    await until(async () => (await status(weak)).parked.length === 0);
    expect(await docsOf(weak)).toEqual(await sound());
  });

  it('takes up what follows the event that an operator skips', async () => {
    await play(stores.eventStore, story);
    const { weak } = weakIn('register-');
    start([weak], { parks: true });
    await passed(weak);
    await skipEvent(stores.readStore, weak, decided);
    await until(async () => (await status(weak)).parked.length === 0);
    expect([...(await docsOf(weak)).values()].map(({ doc }) => doc['state'])).toEqual([
      'assigned',
      'voided',
      'assigned',
    ]);
  });

  it('sets aside anew from the first event that cannot be taken, where several cannot; the others go on', async () => {
    await play(stores.eventStore, story);
    const weak = fragile(
      ({ event }) =>
        event.type === 'EntryNumberVoided' ||
        (event.type === 'EntryNumberAssigned' && event.data.number === 1),
    );
    start([weak, bookDetails], { parks: true });
    await passed(weak);
    await skipEvent(stores.readStore, weak, decided);
    await until(async () => (await status(weak)).parked.every(({ retry }) => !retry));
    // Without number 1 nothing is there to be corrected, and that comes before the voiding of 2.
    expect((await status(weak)).parked).toMatchObject([
      { error: expect.stringContaining('no event has made'), event: { type: 'EntryCorrected' } },
    ]);
    expect([...(await docsOf(weak)).values()].map(({ doc }) => doc['number'])).toEqual([2]);
    await play(stores.eventStore, [...story, another]);
    await passed(bookDetails);
  });

  it('does not stand still again at what an operator has skipped during a rebuild', async () => {
    await play(stores.eventStore, story);
    const { weak } = weakIn('register-');
    start([weak], { parks: true });
    await passed(weak);
    const eventStore: EventStore = {
      ...stores.eventStore,
      readPages: async function* (options) {
        yield* stores.eventStore.readPages(options);
        if (options?.after !== undefined) return;
        await skipEvent(stores.readStore, weak, decided);
        await until(async () => (await status(weak)).parked.length === 0);
      },
    };
    await rebuild({ ...stores, eventStore }, [weak]);
    await until(async () => (await status(weak)).parked.length === 0);
    expect((await status(weak)).collection).toMatch(/_g2$/);
    expect([...(await docsOf(weak)).values()].map(({ doc }) => doc['state'])).toEqual([
      'assigned',
      'voided',
      'assigned',
    ]);
  });

  it('takes another event that stands where the skipped one was, once the log is put back', async () => {
    await play(stores.eventStore, story.slice(0, 3));
    const copy = await copyLog(stores);
    await play(stores.eventStore, story);
    const { weak } = weakIn('register-');
    const stop = start([weak], { parks: true });
    await passed(weak);
    const { position } = await skipEvent(stores.readStore, weak, decided);
    await until(async () => (await status(weak)).parked.length === 0);
    await stop();
    const eventStore = openSqliteEventStore(copy);
    await play(eventStore, [...story.slice(0, 3), assign({ document: 3 })]);
    expect(await eventStore.head()).toBe(position);
    await rebuild({ ...stores, eventStore }, [weak]);
    await eventStore.close();
    expect((await docsOf(weak)).size).toBe(3);
  });

  it('has nothing to be decided where nothing is at fault', async () => {
    await play(stores.eventStore, story);
    start([registerEntries]);
    await passed(registerEntries);
    const { readStore } = stores;
    await expect(retryFaults(readStore, registerEntries, decided)).rejects.toThrow(NothingAtFault);
    await expect(skipEvent(readStore, registerEntries, decided)).rejects.toThrow(NothingAtFault);
    expect((await status(registerEntries)).decisions).toEqual([]);
  });
});

describe('a projector that was frozen in the middle of a write', () => {
  it('changes nothing when it goes on after another has taken over', async () => {
    const { readStore, eventStore } = stores;
    let thaw = (): void => undefined;
    let outcome: unknown;
    const frozen = new Promise<void>((resolve) => (thaw = resolve));
    const slow: ReadStore = {
      ...readStore,
      put: async (...given) => {
        await frozen;
        const put = readStore.put(...given);
        await put.catch((error: unknown) => (outcome = error));
        await put;
      },
      // Frozen is frozen: it renews nothing either.
      writeRecord: async (...given) => {
        if (given[0].startsWith('lease:') && given[2] > 0) await frozen;
        return readStore.writeRecord(...given);
      },
    };
    await play(eventStore, story.slice(0, 2));
    start([registerEntries], { readStore: slow });
    await until(async () => (await status(registerEntries)).holder !== null);
    start([registerEntries]);
    await play(eventStore, story);
    await passed(registerEntries);
    const before = await docsOf(registerEntries);
    thaw();
    await until(() => outcome !== undefined);
    expect(outcome).toBeInstanceOf(Fenced);
    expect(await docsOf(registerEntries)).toEqual(before);
    expect(before).toEqual(await sound());
  });
});
