import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CompactRange } from './compact-range.ts';
import type { Subtree } from './subtrees.ts';
import { BrokenProof, hashOf, leafHash, nodeHash, toBase64, type Hash } from './hash.ts';
import { consistencyPath, inclusionPath, requireConsistent, rootByPath, rootOf } from './tree.ts';

/**
 * Test vectors of Certificate Transparency's reference implementation, which transparency-dev/merkle
 * and others check themselves by: eight leaves and the root after each.
 */
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

/** RFC 6962 section 2.1, as it is written there. */
function slowRoot(hashes: readonly Hash[]): Hash {
  if (hashes.length === 1) return hashes[0] as Hash;
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(slowRoot(hashes.slice(0, split)), slowRoot(hashes.slice(split)));
}

const reading =
  (hashes: readonly Hash[]) =>
  ({ level, index }: Subtree): Promise<Hash> => {
    const width = 2 ** level;
    const part = hashes.slice(index * width, (index + 1) * width);
    if (part.length !== width) throw new Error(`no perfect subtree ${level}/${index}`);
    return Promise.resolve(slowRoot(part));
  };

const treeOf = (size: number) => {
  const hashes = Array.from({ length: size }, (_, i) => leafHash(Buffer.from(`leaf ${i}`)));
  const range = new CompactRange();
  for (const hash of hashes) range.appendSubtree(1, hash);
  return { hashes, read: reading(hashes), root: range.root() };
};

test('a growing tree has the published roots', async () => {
  const range = new CompactRange();
  const hashes = leaves.map(leafHash);
  const found = [range.root().toString('hex')];
  for (const leaf of leaves) {
    range.appendSubtree(1, leafHash(leaf));
    found.push(range.root().toString('hex'));
  }
  expect(found).toEqual(roots);
  const read = await Promise.all(roots.map((_, size) => rootOf(reading(hashes), size)));
  expect(read.map((root) => root.toString('hex'))).toEqual(roots);
});

test('the published consistency proof from 2 to 5 is made, and holds', async () => {
  const path = await consistencyPath(reading(leaves.map(leafHash)), 2, 5);
  expect(path.map(toBase64)).toEqual([
    'Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=',
    'vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=',
  ]);
  const head = (size: number) => ({ size, root: Buffer.from(roots[size] ?? '', 'hex') });
  expect(() => requireConsistent(head(2), head(5), path)).not.toThrow();
});

test('every leaf of every tree is proven by its path, and none by another’s', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), async (size, a, b) => {
      const { hashes, read, root } = treeOf(size);
      const [index, other] = [a % size, b % size];
      const path = await inclusionPath(read, index, size);
      expect(rootByPath(hashes[index] as Hash, { index, size, path })).toEqual(root);
      if (other === index) return;
      expect(rootByPath(hashes[other] as Hash, { index, size, path })).not.toEqual(root);
    }),
    { numRuns: 200 },
  );
});

test('every tree continues each of its beginnings, and no tree that differs by a leaf', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.nat(), fc.nat(), async (size, a, b) => {
      const { hashes, read, root } = treeOf(size);
      const older = 1 + (a % size);
      const path = await consistencyPath(read, older, size);
      const begun = { size: older, root: slowRoot(hashes.slice(0, older)) };
      expect(() => requireConsistent(begun, { size, root }, path)).not.toThrow();
      const forged = hashes.slice(0, older);
      forged[b % older] = leafHash(Buffer.from('forged'));
      const fork = { size: older, root: slowRoot(forged) };
      expect(() => requireConsistent(fork, { size, root }, path)).toThrow(BrokenProof);
    }),
    { numRuns: 200 },
  );
});

test('a path that is too long, too short or changed is refused', async () => {
  const { hashes, read, root } = treeOf(13);
  const path = await inclusionPath(read, 5, 13);
  const leaf = hashes[5] as Hash;
  const given = { index: 5, size: 13 };
  expect(() => rootByPath(leaf, { ...given, path: path.slice(1) })).toThrow(BrokenProof);
  expect(() => rootByPath(leaf, { ...given, path: [...path, root] })).toThrow(BrokenProof);
  expect(() => rootByPath(leaf, { index: 13, size: 13, path })).toThrow(BrokenProof);
  expect(() => hashOf('AAAA')).toThrow(BrokenProof);
});

test('subtrees stand only where they fit', () => {
  const range = new CompactRange();
  range.appendSubtree(1, leafHash(Buffer.from('one')));
  expect(() => range.appendSubtree(2, leafHash(Buffer.from('two')))).toThrow(BrokenProof);
  expect(() => range.appendSubtree(3, leafHash(Buffer.from('two')))).toThrow(BrokenProof);
});
