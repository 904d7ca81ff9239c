import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject, Position } from '#event-store';
import { assign, openBook } from '../../../test/support/register-samples.ts';
import { embeddedStores, play, type TestStores } from '../../../test/support/stores.ts';
import { allProjections } from '../all.ts';
import { verify } from '../checking/verify.ts';
import { follow } from '../following/follow.ts';
import { agencyList } from '../models/agency-list.ts';
import { registerEntries } from '../models/register-entries.ts';
import { partitionOf } from '../projection.ts';
import { ReadModels } from '../read-models.ts';
import { rebuild } from '../rebuilding/rebuild.ts';
import { rollback } from '../rebuilding/rollback.ts';
import { projectionStatus } from '../status.ts';

/** Events that this version of the service cannot read, in one register among others. */

const OTHER = 'register-BK-009-SCTDT.BS-2024';
const known = {
  bookId: 'book-9',
  bookName: '09/2024',
  number: 1,
  numberText: '001/ĐT',
  numberFormat: 1,
  dossier: 'H1',
  document: 1,
  certifiedOn: '2024-05-10',
  requester: 'Lê Thị Cúc',
  documentTitle: 'Bằng',
  certifierFullName: 'Nguyễn Văn An',
  certifierTitle: 'Chủ tịch',
  authority: null,
  copies: 1,
  fee: 2000,
  note: '',
  signature: null,
  seal: null,
  verificationCode: null,
};
const { number: _number, ...cutShort } = known;
const assigned = { type: 'EntryNumberAssigned', schemaVersion: 1 };
const kinds: readonly {
  readonly title: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly schemaVersion: number;
  readonly said: RegExp;
}[] = [
  {
    title: 'of a type a newer version wrote',
    type: 'EntryCopyReissued',
    data: { number: 1 },
    schemaVersion: 1,
    said: /no event this version knows/,
  },
  {
    ...assigned,
    title: 'of a newer shape',
    data: { ...known, copies: { paper: 1 } },
    schemaVersion: 99,
    said: /shape 99/,
  },
  { ...assigned, title: 'with a field missing', data: cutShort, said: /number is undefined/ },
  {
    ...assigned,
    title: 'with a field of another kind',
    data: { ...known, copies: '1' },
    said: /copies is string/,
  },
  { ...assigned, title: 'without data', data: {}, said: /bookId is undefined/ },
];

let stores: TestStores;
let stop: () => Promise<void>;

function start(): void {
  const stopping = new AbortController();
  const { eventStore, readStore } = stores;
  const done = follow({
    eventStore,
    readStore,
    projections: allProjections,
    signal: stopping.signal,
    log: () => undefined,
    leaseMs: 300,
    firstPauseMs: 5,
  });
  stop = async () => {
    stopping.abort();
    await done;
  };
}

async function caughtUp(): Promise<void> {
  const head = (await stores.eventStore.head()) as Position;
  const models = new ReadModels(stores.readStore);
  for (const one of allProjections) expect(await models.waitFor(one, head, 20_000)).toBe(true);
}

beforeEach(async () => {
  stores = await embeddedStores();
  stop = () => Promise.resolve();
});

afterEach(async () => {
  await stop();
  await stores.dispose();
});

describe.each(kinds)('an event $title', ({ type, data, schemaVersion, said }) => {
  const append = () => {
    const actor = { account: 'a', name: 'A', role: 'receiving-officer', agency: 'BK-009' };
    const occurredAt = '2024-05-10T01:00:00.000Z';
    const metadata = {
      actor,
      occurredAt,
      correlationId: 'c',
      causationId: 'c',
      schemaVersion,
    };
    return stores.eventStore.append(OTHER, 'no-stream', [
      { id: randomUUID(), type, data, metadata },
    ]);
  };

  it('stops the documents of its partition and nothing else, and is named', async () => {
    const { position } = await append();
    start();
    await play(stores.eventStore, [openBook({ closesOn: '2024-12-31' }), assign()]);
    await caughtUp();
    for (const projection of allProjections) {
      const { state, lag, parked, failure } = await projectionStatus(stores, projection);
      expect([projection.name, state, lag, failure]).toEqual([projection.name, 'live', 0, null]);
      const isRead = projection.reads.some((prefix) => OTHER.startsWith(prefix));
      const partition = partitionOf(projection, OTHER);
      const event = { type, revision: 0 };
      const aside = { partition, event, error: expect.stringMatching(said) };
      expect(parked).toMatchObject(isRead ? [aside] : []);
    }
    const models = new ReadModels(stores.readStore, stores.eventStore);
    const page = await models.find(registerEntries, { limit: 10 });
    expect(page.items).toHaveLength(1);
    expect(page.parked).toMatchObject([{ event: { position } }]);
    // The promise of Read-After is not kept for what stands still, and for all else it is.
    expect(await models.waitFor(registerEntries, position, 0)).toBe(false);
    expect(await models.waitFor(agencyList, position, 0)).toBe(true);
  });

  it('is told of by whoever rebuilds and verifies, and nobody says equal', async () => {
    await append();
    await play(stores.eventStore, [openBook({ closesOn: '2024-12-31' }), assign()]);
    const rebuilt = await rebuild(stores, [registerEntries, agencyList]);
    expect(rebuilt.map(({ parked }) => parked.map(({ event }) => event.type))).toEqual([
      [type],
      [],
    ]);
    const scratch = await embeddedStores();
    const all = { ...stores, scratch: scratch.readStore };
    const verification = await verify(all, registerEntries);
    expect(verification).toMatchObject({
      documents: 1,
      found: 0,
      setAside: [{ type, stream: OTHER }],
    });
    await scratch.dispose();
  });

  it('is set aside on the way back to the collection before, where streams may be', async () => {
    await play(stores.eventStore, [openBook({ closesOn: '2024-12-31' }), assign()]);
    await rebuild(stores, [registerEntries]);
    await rebuild(stores, [registerEntries]);
    await append();
    const stops = { ...stores, parks: () => false };
    await expect(rollback(stops, registerEntries)).rejects.toThrow(type);
    await rollback(stores, registerEntries);
    const { collection, parked } = await projectionStatus(stores, registerEntries);
    expect(collection).toMatch(/_g2$/);
    expect(parked).toMatchObject([{ partition: OTHER, event: { type }, retry: false }]);
    start();
    await caughtUp();
    expect((await projectionStatus(stores, registerEntries)).state).toBe('live');
  });
});
