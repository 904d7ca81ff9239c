import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { streamPrefixes } from '#domain';
import type { EventStore, NewEvent } from '#event-store';
import type { ReadStore } from '#read-store';
import { embeddedStores, type TestStores } from '../../../test/support/stores.ts';
import { until } from '../../../test/support/until.ts';
import {
  bucketOf,
  CompactRange,
  headByProof,
  headsRoot,
  leafHashOf,
  leafOf,
  openCheckpoint,
  openHeads,
  requireConsistent,
  rootByPath,
  type Checkpoint,
} from '../proofs/index.ts';
import type { Attest } from './attest.ts';
import { keepSealing } from './keep-sealing.ts';
import { ensureKeys, lastSignedBeside, readKeys, rotateKeys } from './keys.ts';
import { LogProofs, NotSealed } from './log-proofs.ts';
import { openAudit } from './open.ts';
import { LogContradicts } from './resume.ts';
import { SealedLog } from './sealed-log.ts';
import { OtherKeys, Sealer } from './sealer.ts';
import { SealedElsewhere } from './turn.ts';

let stores: TestStores;
const now = () => new Date('2026-05-10T01:00:00.000Z');

beforeEach(async () => {
  stores = await embeddedStores();
});
afterEach(() => stores.dispose());

const keysAt = () => join(stores.folder, 'keys.json');

function sealing(eventStore: EventStore = stores.eventStore, readStore = stores.readStore) {
  const sealed = new SealedLog(readStore);
  const told: string[] = [];
  const sources = { eventStore, sealed, prefixes: streamPrefixes };
  const sealer = new Sealer({
    ...sources,
    keys: () => ensureKeys(keysAt(), now()),
    lastSigned: lastSignedBeside(keysAt()),
    now,
    log: (message) => void told.push(message),
  });
  return { sealed, sealer, told, proofs: new LogProofs(sources) };
}

const numbered = (number: number): NewEvent => ({
  id: randomUUID(),
  type: 'EntryNumberAssigned',
  data: { number },
  metadata: { at: `event ${number}` },
});

async function fill(count: number, stream = 'register-BK-001-SCTDT.BS-2026', from = 0) {
  for (let done = 0; done < count; done += 200) {
    const events = Array.from({ length: Math.min(200, count - done) }, (_, i) =>
      numbered(from + done + i + 1),
    );
    const last = from + done - 1;
    await stores.eventStore.append(stream, last < 0 ? 'no-stream' : last, events);
  }
}

/** The tree as anybody makes it who has the log. */
async function rootOfLog(eventStore: EventStore): Promise<string> {
  const range = new CompactRange();
  for await (const event of eventStore.readAll({ prefixes: streamPrefixes }))
    range.appendSubtree(1, leafHashOf(event));
  return range.root().toString('base64');
}

const keys = () => (readKeys(keysAt())?.all ?? []).map(({ key }) => key);

test('nothing is sealed of an empty log', async () => {
  const { sealer, proofs } = sealing();
  expect(await sealer.seal()).toBeUndefined();
  await expect(proofs.latest()).rejects.toThrow(NotSealed);
});

test.each([1, 255, 256, 257, 512, 700])(
  '%i events have the root that follows from them',
  async (count) => {
    await fill(count);
    const { sealer } = sealing();
    const sealed = await sealer.seal();
    const { checkpoint } = openCheckpoint(sealed?.note ?? '', keys());
    expect([checkpoint.size, checkpoint.root.toString('base64')]).toEqual([
      count,
      await rootOfLog(stores.eventStore),
    ]);
  },
);

test('a log that grows is sealed on, by the same process and by another, and each checkpoint continues the one before', async () => {
  const { sealer, proofs } = sealing();
  const heads: Checkpoint[] = [];
  for (const [from, count] of [
    [0, 100],
    [100, 156],
    [256, 1],
    [257, 600],
  ] as const) {
    await fill(count, 'register-BK-001-SCTDT.BS-2026', from);
    const one = heads.length % 2 === 0 ? sealer : sealing().sealer;
    const sealed = await one.seal();
    heads.push(openCheckpoint(sealed?.note ?? '', keys()).checkpoint);
  }
  expect(heads.at(-1)?.root.toString('base64')).toBe(await rootOfLog(stores.eventStore));
  for (const [i, newer] of heads.entries())
    for (const older of heads.slice(0, i))
      requireConsistent(older, newer, await proofs.consistency(older.size, newer.size));
});

test('every event is proven, and one that came later is not yet', async () => {
  await fill(300);
  await fill(10, 'seal-BK-002');
  const { sealer, proofs } = sealing();
  await sealer.seal();
  for (const [stream, revision] of [
    ['register-BK-001-SCTDT.BS-2026', 0],
    ['register-BK-001-SCTDT.BS-2026', 255],
    ['register-BK-001-SCTDT.BS-2026', 299],
    ['seal-BK-002', 9],
  ] as const) {
    const { index, path, leaf, checkpoint: note } = await proofs.inclusion(stream, revision);
    const { checkpoint } = openCheckpoint(note, keys());
    let event;
    for await (const one of stores.eventStore.readStream(stream, { from: revision, limit: 1 }))
      event = one;
    if (!event) throw new Error('the event is not there');
    expect(leaf.toString()).toBe(leafOf(event).toString());
    expect(rootByPath(leafHashOf(event), { index, size: checkpoint.size, path })).toEqual(
      checkpoint.root,
    );
  }
  await fill(1, 'seal-BK-003');
  await expect(proofs.inclusion('seal-BK-003', 0)).rejects.toThrow(NotSealed);
  await expect(proofs.inclusion('seal-BK-004', 0)).rejects.toThrow(NotSealed);
});

test('how far a register has come is signed, and that another has not begun', async () => {
  await fill(30);
  const { sealer, proofs } = sealing();
  await sealer.seal();
  await fill(5, 'register-BK-001-SCTDT.BS-2026', 30);
  await sealing().sealer.seal();
  const stream = 'register-BK-001-SCTDT.BS-2026';
  const { latest, bucket } = await proofs.head(stream);
  const signed = openHeads(latest.heads, keys());
  expect(headByProof(stream, bucket, signed)).toMatchObject({ revision: 34, lastNumber: 35 });
  const other = 'register-BK-009-SCTDT.BS-2026';
  expect(headByProof(other, (await proofs.head(other)).bucket, signed)).toBeUndefined();
  const forged = { ...bucket, heads: bucket.heads.map((head) => ({ ...head, lastNumber: 34 })) };
  expect(() => headByProof(stream, forged, signed)).toThrow('not the signed one');
});

test('two that seal at once make one tree', async () => {
  await fill(500);
  const both = await Promise.all([sealing().sealer.seal(), sealing().sealer.seal()]);
  expect(both.map((one) => one?.size)).toEqual([500, 500]);
  await fill(3, 'seal-BK-001');
  expect((await sealing().sealer.seal())?.size).toBe(503);
});

test('a log in which an event was changed is never signed again, until an operator has looked', async () => {
  await fill(300);
  const { sealer, sealed } = sealing();
  await sealer.seal();
  await fill(5, 'seal-BK-001');
  const { eventStore } = stores;
  const forged: EventStore = Object.assign(Object.create(eventStore) as EventStore, {
    async *readAll(options: Parameters<EventStore['readAll']>[0]) {
      for await (const event of eventStore.readAll(options))
        yield event.revision === 299 ? { ...event, data: { number: 9999 } } : event;
    },
  });
  await expect(sealing(forged).sealer.seal()).rejects.toThrow(
    /event 299 is not the one that was sealed: register-BK-001-SCTDT.BS-2026 299/,
  );
  expect((await sealed.alarm())?.detail).toContain('event 299');
  await expect(sealer.seal()).rejects.toThrow(LogContradicts);
  expect((await sealed.latest())?.size).toBe(300);
  await sealed.setAlarm(undefined);
  expect((await sealer.seal())?.size).toBe(305);
});

test('a log that is shorter than what was sealed is never signed', async () => {
  await fill(300);
  await sealing().sealer.seal();
  const shorter = await embeddedStores();
  const events = Array.from({ length: 10 }, (_, i) => numbered(i + 1));
  await shorter.eventStore.append('register-BK-001-SCTDT.BS-2026', 'no-stream', events);
  await expect(sealing(shorter.eventStore).sealer.seal()).rejects.toThrow(LogContradicts);
  await shorter.dispose();
});

test('a log that was moved has the same root, and is gone on with', async () => {
  await fill(600);
  const before = await sealing().sealer.seal();
  const moved = await embeddedStores();
  // Events of others stand between: every position is another.
  await moved.eventStore.append('other-1', 'no-stream', [numbered(1)]);
  for await (const event of stores.eventStore.readAll()) {
    const { stream, revision, id, type, data, metadata } = event;
    const origin = { position: event.position, recordedAt: event.recordedAt };
    const copy = { id, type, data, metadata: { ...metadata, origin } };
    await moved.eventStore.append(stream, revision === 0 ? 'no-stream' : revision - 1, [copy]);
  }
  const { sealer, told, proofs } = sealing(moved.eventStore);
  expect((await sealer.seal())?.note).toBe(before?.note);
  expect(told).toHaveLength(1);
  await moved.eventStore.append('seal-BK-001', 'no-stream', [numbered(1)]);
  expect((await sealer.seal())?.size).toBe(601);
  expect(told).toHaveLength(1);
  expect((await proofs.inclusion('register-BK-001-SCTDT.BS-2026', 400)).index).toBe(400);
  await moved.dispose();
});

test('after a rotation both keys sign, then the newer alone; strangers do not', async () => {
  await fill(1);
  const { sealer } = sealing();
  await sealer.seal();
  const [first] = keys();
  await rotateKeys(keysAt(), now(), 'add');
  await fill(1, 'seal-BK-001');
  const both = (await sealer.seal())?.note ?? '';
  for (const key of keys()) expect(openCheckpoint(both, [key]).checkpoint.size).toBe(2);
  await rotateKeys(keysAt(), now(), 'retire-older');
  await fill(1, 'seal-BK-002');
  const newer = (await sealer.seal())?.note ?? '';
  expect(() => openCheckpoint(newer, first ? [first] : [])).toThrow('none of the known keys');
  expect(openCheckpoint(newer, keys()).checkpoint.size).toBe(3);
  const stranger = new Sealer({
    eventStore: stores.eventStore,
    sealed: new SealedLog(stores.readStore),
    prefixes: streamPrefixes,
    keys: () => ensureKeys(join(stores.folder, 'other.json'), now()),
    lastSigned: lastSignedBeside(join(stores.folder, 'other.json')),
    now,
    log: () => undefined,
  });
  await expect(stranger.seal()).rejects.toThrow(OtherKeys);
});

test('where what was sealed is lost, it is sealed again up to what was signed, or not at all', async () => {
  await fill(300);
  const before = await sealing().sealer.seal();
  const emptied = await embeddedStores();
  const again = (eventStore: EventStore) =>
    new Sealer({
      eventStore,
      sealed: new SealedLog(emptied.readStore),
      prefixes: streamPrefixes,
      keys: () => ensureKeys(keysAt(), now()),
      lastSigned: lastSignedBeside(keysAt()),
      now,
      log: () => undefined,
    });
  const other = Array.from({ length: 300 }, (_, i) => numbered(i + 1));
  await emptied.eventStore.append('register-BK-001-SCTDT.BS-2026', 'no-stream', other);
  await expect(again(emptied.eventStore).seal()).rejects.toThrow('are not those that were signed');
  await new SealedLog(emptied.readStore).setAlarm(undefined);
  expect((await again(stores.eventStore).seal())?.note).toBe(before?.note);
  await emptied.dispose();
});

test('what is kept of the streams is held against the log before anything is signed on it', async () => {
  await fill(99);
  await sealing().sealer.seal();
  // Somebody has the register one number shorter than it is.
  const stream = 'register-BK-001-SCTDT.BS-2026';
  const sealed = new SealedLog(stores.readStore);
  const bucket = bucketOf(stream);
  await sealed.putBuckets(new Map([[bucket, [{ stream, revision: 98, lastNumber: 90 }]]]), 100_000);
  await fill(1, 'seal-BK-009');
  await expect(sealing().sealer.seal()).rejects.toThrow('how far streams have come');
  expect((await sealed.latest())?.size).toBe(99);
});

test('a seal that was cut off behind the streams is gone on with', async () => {
  await fill(99);
  await sealing().sealer.seal();
  await fill(1, 'register-BK-001-SCTDT.BS-2026', 99);
  const stream = 'register-BK-001-SCTDT.BS-2026';
  const heads = [{ stream, revision: 99, lastNumber: 100 }];
  await new SealedLog(stores.readStore).putBuckets(new Map([[bucketOf(stream), heads]]), 100);
  expect((await sealing().sealer.seal())?.size).toBe(100);
});

test('keys that are gone are not made anew: the log was sealed with them', async () => {
  await fill(1);
  await sealing().sealer.seal();
  await rm(keysAt());
  await fill(1, 'seal-BK-009');
  const { config, tlog, eventStore } = {
    config: { DATA_DIR: stores.folder, AUDIT_KEYS: keysAt() },
    tlog: stores.readStore,
    eventStore: stores.eventStore,
  };
  const unset = {
    AUDIT_ORIGIN: undefined,
    AUDIT_POLICY: undefined,
    AUDIT_TSA: [],
    AUDIT_TSA_CERTS: undefined,
    AUDIT_TSA_SECONDS: 3600,
  };
  const audit = openAudit({
    config: { ...config, ...unset },
    tlog,
    eventStore,
    log: () => undefined,
    now,
  });
  await expect(audit.sealer.seal()).rejects.toThrow('put it back');
});

test('many that seal while others write sign one history, and where its streams had come to', async () => {
  const stream = 'register-BK-001-SCTDT.BS-2026';
  await fill(1);
  const writing = (async () => {
    for (let at = 1; at < 60; at += 1) await fill(1, stream, at);
  })();
  const sealers = Array.from({ length: 4 }, () => sealing().sealer);
  for (let round = 0; round < 5; round += 1)
    await Promise.all(sealers.map((sealer) => sealer.seal()));
  await writing;
  await sealing().sealer.seal();
  const sealed = new SealedLog(stores.readStore);
  expect(await sealed.alarm()).toBeUndefined();
  for (const { heads, size } of await sealed.checkpoints(100)) {
    const of = [{ stream, revision: size - 1, lastNumber: size }];
    expect(openHeads(heads, keys()).heads).toEqual(headsRoot(of));
  }
});

test('a turn that was left behind by a killed process is taken over, and its owner signs nothing', async () => {
  await fill(3);
  const sealed = new SealedLog(stores.readStore);
  const left = await sealed.turn();
  expect((await sealing().sealer.seal())?.size).toBe(3);
  await expect(left.hold()).rejects.toThrow(SealedElsewhere);
}, 20_000);

/** The store, and how often it was written to. */
function counting(readStore: ReadStore) {
  let writes = 0;
  const counted = Object.assign(Object.create(readStore) as ReadStore, {
    put: (...given: Parameters<ReadStore['put']>) => {
      writes += 1;
      return readStore.put(...given);
    },
    writeRecord: (...given: Parameters<ReadStore['writeRecord']>) => {
      writes += 1;
      return readStore.writeRecord(...given);
    },
  });
  return { counted, writes: () => writes };
}

test('a log that stands still is not written about, and sealed again when it grows or another has sealed it', async () => {
  await fill(3);
  const { counted, writes } = counting(stores.readStore);
  const { sealer, sealed } = sealing(stores.eventStore, counted);
  expect((await sealer.sealGrown())?.size).toBe(3);
  const before = writes();
  for (let i = 0; i < 20; i += 1) expect((await sealer.sealGrown())?.size).toBe(3);
  expect(writes()).toBe(before);
  await fill(1, 'seal-BK-009');
  expect((await sealer.sealGrown())?.size).toBe(4);
  await fill(1, 'seal-BK-010');
  await sealing().sealer.seal();
  expect((await sealer.sealGrown())?.size).toBe(5);
  await sealed.setAlarm({ detail: 'somebody changed it', at: now().toISOString() });
  await expect(sealer.sealGrown()).rejects.toThrow('somebody changed it');
});

test('the log is sealed on while those who are asked to sign it do not answer', async () => {
  await fill(1);
  const { sealer, sealed } = sealing();
  const stopping = new AbortController();
  let asked = 0;
  const attest: Attest = (_, { signal } = {}) =>
    new Promise((resolve) => {
      asked += 1;
      signal?.addEventListener('abort', () => resolve());
    });
  const keeping = keepSealing({
    audit: { sealer, sealed, attest },
    intervalMs: 5,
    isHolder: () => true,
    signal: stopping.signal,
    onTrouble: () => undefined,
  });
  for (const agency of ['1', '2', '3']) {
    await fill(1, `seal-BK-00${agency}`);
    await until(async () => (await sealed.latest())?.size === Number(agency) + 1);
  }
  stopping.abort();
  await keeping;
  expect(asked).toBe(1);
});
