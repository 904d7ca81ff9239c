import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkpointText, openCheckpoint } from './checkpoint.ts';
import { BrokenProof, sha256, toBase64 } from './hash.ts';
import { leafOf } from './leaf.ts';
import {
  keyId,
  noteText,
  parseNote,
  parseVerifierKey,
  signersOf,
  verifierKeyText,
} from './note.ts';
import { inclusionText, parseConsistency, parseInclusion, consistencyText } from './proof-text.ts';
import { tileIndex, tilePath, tileWidth } from './tiles.ts';

/** The example of golang.org/x/mod/sumdb/note, where the format comes from. */
const example = {
  key: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  note:
    'If you think cryptography is the answer to your problem,\n' +
    'then you don’t know what your problem is.\n\n'.replace('’', "'") +
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};

const origin = 'example.vn/so';
const keyOf = (name: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = parseVerifierKey(verifierKeyText(name, publicKey));
  const signing = (text: string) => ({
    name,
    bytes: Buffer.concat([key.id, sign(null, Buffer.from(text), privateKey)]),
  });
  return { key, signing };
};

test('the published note is signed by its key', () => {
  const key = parseVerifierKey(example.key);
  expect(signersOf(parseNote(example.note), [key]).map((one) => one.key.name)).toEqual([
    'PeterNeumann',
  ]);
  expect(noteText(parseNote(example.note))).toBe(example.note);
});

test('a note that was changed by one character is nobody’s', () => {
  const key = parseVerifierKey(example.key);
  const forged = parseNote(example.note.replace('answer', 'answeR'));
  expect(() => signersOf(forged, [key])).toThrow(BrokenProof);
});

test('a checkpoint is opened by any of its log’s keys, and by no other', () => {
  const [older, newer, stranger] = [keyOf(origin), keyOf(origin), keyOf(origin)];
  const text = checkpointText({ origin, size: 7, root: sha256('root') });
  const note = noteText({ text, signatures: [older.signing(text), newer.signing(text)] });
  for (const { key } of [older, newer])
    expect(openCheckpoint(note, [key]).checkpoint).toEqual({
      origin,
      size: 7,
      root: sha256('root'),
    });
  expect(() => openCheckpoint(note, [stranger.key])).toThrow('none of the known keys');
});

test('a checkpoint in the name of another log is refused', () => {
  const thief = keyOf('other.vn/so');
  const text = checkpointText({ origin, size: 7, root: sha256('root') });
  const note = noteText({ text, signatures: [thief.signing(text)] });
  expect(() => openCheckpoint(note, [thief.key])).toThrow('not of its signer');
});

test('a key whose id is not its own is none', () => {
  expect(() => parseVerifierKey(example.key.replace('c74f20a3', 'c74f20a4'))).toThrow(BrokenProof);
  expect(keyId('PeterNeumann', 1, Buffer.alloc(32))).toHaveLength(4);
});

test('a leaf is canonical JSON, whatever the order of its fields and wherever the log stood', () => {
  const event = {
    stream: 's',
    revision: 0,
    id: 'i',
    type: 'T',
    data: { b: 1, a: 'Đ' },
    metadata: { z: 1 },
  };
  const moved = {
    metadata: { origin: { position: '1', recordedAt: 'x' }, z: 1 },
    data: { a: 'Đ', b: 1 },
    type: 'T',
    id: 'i',
    revision: 0,
    stream: 's',
  };
  expect(leafOf(moved).toString()).toBe(leafOf(event).toString());
  expect(leafOf(event).toString()).toBe(
    '{"data":{"a":"Đ","b":1},"id":"i","metadata":{"z":1},"revision":0,"stream":"s","type":"T"}',
  );
});

test('the example of RFC 8785 section 3.2.2 is written as there', () => {
  const metadata = {
    numbers: [333333333.3333333, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  const leaf = leafOf({ stream: '', revision: 0, id: '', type: '', data: {}, metadata }).toString();
  expect(leaf).toContain(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('tiles are where the document says', () => {
  expect(tilePath(1_234_067)).toBe('x001/x234/067');
  expect([
    tileIndex('x001/x234/067'),
    tileIndex('067'),
    tileIndex('x000/067'),
    tileIndex('67'),
  ]).toEqual([1_234_067, 67, undefined, undefined]);
  // The example of C2SP tlog-tiles: a tree of 70,000.
  const widths = [273, 1, 0].map((index, level) => tileWidth({ level, index }, 70_000));
  expect(widths).toEqual([112, 17, 1]);
  fc.assert(fc.property(fc.nat(), (index) => tileIndex(tilePath(index)) === index));
});

test('the example of C2SP tlog-proof is read', () => {
  const hashes = [
    'gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=',
    'B95lDa8R83lS8n0eG+o0buTxRKQTYFi//1U8anccXmA=',
    'EKNzoDWG8LGC0Yp9o+sv3qllpMP9uHQ9B20KNL+Q1zs=',
    'RoopEkOdqkYqMB4MJXrbt/hMjOxsVn0IrWjpz1ZMMes=',
    'AHCioX9nLjsrse6YhjRRmk1WUEirVOLLRoOQ6vfO5vk=',
  ];
  const head = ['c2sp.org/tlog-proof@v1', 'extra YWdlLXYxLjIuMQ==', 'index 73894'];
  const note =
    'example.com/fancylog\n109482\nsFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=\n\n— x y\n';
  const { index, path, leaf, checkpoint } = parseInclusion(
    [...head, ...hashes, '', note].join('\n'),
  );
  expect([index, path.map(toBase64), leaf?.toString(), checkpoint]).toEqual([
    73894,
    hashes,
    'age-v1.2.1',
    note,
  ]);
});

test('a proof is read as it was written', () => {
  const proof = { index: 3, path: [sha256('a'), sha256('b')], checkpoint: example.note };
  expect(parseInclusion(inclusionText(proof))).toEqual({ ...proof, leaf: undefined });
  const leaf = Buffer.from('{"a":1}');
  expect(parseInclusion(inclusionText({ ...proof, leaf }))).toEqual({ ...proof, leaf });
  const { path, checkpoint } = proof;
  const grown = { older: 7, path, checkpoint };
  expect(parseConsistency(consistencyText(grown))).toEqual(grown);
  expect(() => parseInclusion('rubbish')).toThrow(BrokenProof);
  expect(() => parseConsistency('old 07\n\n')).toThrow(BrokenProof);
});
