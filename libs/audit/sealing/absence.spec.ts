import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EventStore, NewEvent } from '#event-store';
import { streamPrefixes } from '#domain';
import { embeddedStores, type TestStores } from '../../../test/support/stores.ts';
import {
  absenceText,
  documentId,
  DocumentTree,
  parseAbsence,
  rootByPath,
  verifyAbsence,
  type AbsenceProof,
} from '../proofs/index.ts';
import { documentLeafHash, numbersByProof } from '../proofs/documents.ts';
import { ensureKeys, lastSignedBeside, readKeys } from './keys.ts';
import { LogProofs } from './log-proofs.ts';
import { proveNumber } from './number-proof.ts';
import { RegisterDocuments } from './register-documents.ts';
import { LogContradicts } from './resume.ts';
import { SealedLog } from './sealed-log.ts';
import { Sealer } from './sealer.ts';

const stream = 'register-BK-001-SCTDT.BS-2026';
const now = () => new Date('2026-05-10T01:00:00.000Z');
let stores: TestStores;
const path = () => join(stores.folder, 'keys.json');

beforeEach(async () => {
  stores = await embeddedStores();
});
afterEach(() => stores.dispose());

const event = (type: string, data: NewEvent['data']): NewEvent => ({
  id: randomUUID(),
  type,
  data,
  metadata: {},
});
const given = (number: number, dossier: string, document: number): NewEvent =>
  event('EntryNumberAssigned', { number, dossier, document });

function opened(eventStore: EventStore = stores.eventStore) {
  const sources = {
    eventStore,
    sealed: new SealedLog(stores.readStore),
    prefixes: streamPrefixes,
  };
  const proofs = new LogProofs(sources);
  const documents = new RegisterDocuments({
    ...sources,
    proofs,
    knownKeys: () => readKeys(path()),
  });
  const sealer = new Sealer({
    ...sources,
    keys: () => ensureKeys(path(), now()),
    lastSigned: lastSignedBeside(path()),
    now,
    log: () => undefined,
  });
  return { proofs, documents, sealer };
}

const keys = () => (readKeys(path())?.all ?? []).map(({ key }) => key);
/** As it is kept in a file, and read there. */
const verdict = (proof: AbsenceProof) => verifyAbsence(parseAbsence(absenceText(proof)), keys());

async function register(first: number, count: number): Promise<void> {
  const numbers = Array.from({ length: count }, (_, i) =>
    given(first + i, `H03-${i}`, 1 + (i % 3)),
  );
  const book = event('BookOpened', { firstNumber: first });
  await stores.eventStore.append(stream, 'no-stream', [book, ...numbers]);
  await stores.eventStore.append('seal-BK-009', 'no-stream', [event('SealRegistered', {})]);
}

test('a number before a register’s first, one behind its last, and one of a register that never was were not given', async () => {
  await register(501, 40);
  const { proofs, sealer } = opened();
  await sealer.seal();
  const ask = async (number: number, of = stream) => {
    const { proof, given: isGiven } = await proveNumber(proofs, of, number);
    const held = verdict({ kind: 'number', ...proof });
    expect(held.given).toBe(isGiven);
    return isGiven;
  };
  expect([await ask(500), await ask(501), await ask(540), await ask(541)]).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(await ask(1, 'register-BK-777-SCTDT.BS-2026')).toBe(false);
});

test('where a register’s numbers begin is not told by another’s first event, or by none', async () => {
  await register(501, 3);
  const other = 'register-BK-002-SCTDT.BS-2026';
  const book = event('BookOpened', { firstNumber: 900 });
  await stores.eventStore.append(other, 'no-stream', [book, given(900, 'H', 1)]);
  const { proofs, sealer } = opened();
  await sealer.seal();
  const { proof } = await proveNumber(proofs, stream, 502);
  const { proof: others } = await proveNumber(proofs, other, 1);
  expect(() => verdict({ kind: 'number', ...proof, opened: others.opened })).toThrow('first event');
  expect(() => verdict({ kind: 'number', ...proof, opened: null })).toThrow('begin');
  expect(() => verdict({ kind: 'number', ...proof, heads: others.heads })).toThrow();
});

test('a document that was given a number has it; one that was not stands between two neighbours', async () => {
  await register(1, 40);
  await stores.eventStore.append(stream, 40, [
    event('EntryNumberVoided', { number: 7 }),
    given(41, 'H03-6', 1),
  ]);
  const { documents, sealer } = opened();
  await sealer.seal();
  const ask = async (dossier: string, document: number) =>
    verdict({ kind: 'document', ...(await documents.prove({ stream, dossier, document })) });
  expect(await ask('H03-6', 1)).toMatchObject({ given: true, numbers: [7, 41] });
  // What nobody sees of a dossier's name does not make another of it.
  expect(await ask(' H03-6\u200b', 1)).toMatchObject({ given: true, numbers: [7, 41] });
  for (const [dossier, document] of [
    ['H03-6', 2],
    ['H03-60', 1],
    ['H04', 1],
    ['H05', 9],
    ['', 1],
  ] as const)
    expect(await ask(dossier, document)).toMatchObject({ given: false, numbers: [] });
});

test('a register that grows is told of as far as it was sealed, and many that ask at once are answered alike', async () => {
  await register(1, 10);
  const { documents, sealer } = opened();
  await sealer.seal();
  const ask = (dossier: string) => documents.prove({ stream, dossier, document: 1 });
  const of = async (dossier: string) => verdict({ kind: 'document', ...(await ask(dossier)) });
  const all = await Promise.all(Array.from({ length: 64 }, () => of('H03-new')));
  expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
  await stores.eventStore.append(stream, 10, [given(11, 'H03-new', 1)]);
  expect((await of('H03-new')).given).toBe(false);
  await sealer.seal();
  expect(await of('H03-new')).toMatchObject({ given: true, numbers: [11] });
});

test('an event that is not the one that was sealed is told of, and nothing is signed on it', async () => {
  await register(1, 300);
  const { sealer } = opened();
  await sealer.seal();
  const { eventStore } = stores;
  const changed: EventStore = Object.assign(Object.create(eventStore) as EventStore, {
    async *readStream(...asked: Parameters<EventStore['readStream']>) {
      for await (const one of eventStore.readStream(...asked))
        yield one.revision === 150 ? { ...one, data: { ...one.data, dossier: 'other' } } : one;
    },
  });
  const asked = { stream, dossier: 'H03-149', document: 3 };
  await expect(opened(changed).documents.prove(asked)).rejects.toThrow(LogContradicts);
});

test('a neighbour left out, another’s path or a changed number does not hold', async () => {
  await register(1, 40);
  const { documents, sealer } = opened();
  await sealer.seal();
  const proof = await documents.prove({ stream, dossier: 'none', document: 1 });
  const { neighbours } = proof;
  const held = (changed: typeof neighbours) =>
    verdict({ kind: 'document', ...proof, neighbours: changed });
  const [first, second] = neighbours;
  if (!first || !second) throw new Error('two neighbours');
  expect(() => held([first])).toThrow('side by side');
  expect(() => held([])).toThrow('side by side');
  expect(() => held([first, { ...second, numbers: [99] }])).toThrow('not in what was signed');
  expect(() => held([first, { ...second, index: second.index + 1 }])).toThrow();
  const other = await documents.prove({ stream, dossier: 'H03-6', document: 1 });
  expect(() => held(other.neighbours)).toThrow('side by side');
  const text = absenceText({ kind: 'document', ...proof });
  expect(() => parseAbsence(text.slice(0, -9))).toThrow('cut off');
  expect(() => parseAbsence(text.replace('"numbers"', '"x"'))).toThrow('malformed');
});

test('of any documents each has its numbers, and no other has any', async () => {
  const name = fc.string({ minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(name, { maxLength: 70 }), name, async (names, other) => {
      const ids = [...new Set(names.map((one) => documentId(one, 1)))].sort();
      const leaves = ids.map((id, i) => ({ id, numbers: [i + 1] }));
      const tree = await DocumentTree.over(leaves, () => Promise.resolve());
      const signed = { count: leaves.length, documents: tree.root() };
      const at = (index: number) => ({
        ...(leaves[index] as (typeof leaves)[number]),
        index,
        path: tree.path(index).map((hash) => hash.toString('base64')),
      });
      for (const index of leaves.keys()) {
        const { path: _, ...leaf } = at(index);
        const place = { index, size: leaves.length, path: tree.path(index) };
        expect(rootByPath(documentLeafHash(leaf), place)).toEqual(tree.root());
      }
      const id = documentId(other, 1);
      const behind = leaves.findIndex((one) => one.id >= id);
      const next = behind < 0 ? leaves.length : behind;
      const isThere = leaves[next]?.id === id;
      const places = isThere ? [next] : [next - 1, next].filter((i) => leaves[i] !== undefined);
      expect(numbersByProof(id, places.map(at), signed)).toEqual(isThere ? [next + 1] : []);
    }),
    { numRuns: 200 },
  );
});
