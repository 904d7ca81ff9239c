import { BrokenProof, emptyRoot, nodeHash, type Hash } from './hash.ts';
import { joined, subtreesOf, type Subtree } from './subtrees.ts';

/** Answers the root of a perfect subtree of a log's tree. */
export type ReadSubtree = (subtree: Subtree) => Promise<Hash>;

/** Root over the first so many leaves. */
export const rootOf = (read: ReadSubtree, size: number): Promise<Hash> =>
  size === 0 ? Promise.resolve(emptyRoot) : rangeRoot(read, 0, size);

/**
 * Root over the leaves from `start` to `end`, which is aligned as ranges are in a tree: `start` is a
 * multiple of the least power of two that is not less than the length.
 */
async function rangeRoot(read: ReadSubtree, start: number, end: number): Promise<Hash> {
  const parts = subtreesOf(end - start).map(({ level, index }) =>
    read({ level, index: index + start / 2 ** level }),
  );
  return joined(await Promise.all(parts));
}

/** The largest power of two that is less than `n`, which is 2 or more. */
const splitOf = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);

/** The audit path of a leaf in the tree of so many leaves: RFC 6962 section 2.1.1. */
export async function inclusionPath(
  read: ReadSubtree,
  index: number,
  size: number,
): Promise<readonly Hash[]> {
  const path: Promise<Hash>[] = [];
  for (let [start, end] = [0, size]; end - start > 1;) {
    const middle = start + splitOf(end - start);
    const isLeft = index < middle;
    path.unshift(isLeft ? rangeRoot(read, middle, end) : rangeRoot(read, start, middle));
    [start, end] = isLeft ? [start, middle] : [middle, end];
  }
  return Promise.all(path);
}

/** That the tree of `size` leaves begins with the tree of `older`: RFC 6962 section 2.1.2. */
export async function consistencyPath(
  read: ReadSubtree,
  older: number,
  size: number,
): Promise<readonly Hash[]> {
  if (older === 0 || older === size) return [];
  const path: Promise<Hash>[] = [];
  let [start, end, isWhole] = [0, size, true];
  while (end > older) {
    const middle = start + splitOf(end - start);
    const isLeft = older <= middle;
    path.unshift(isLeft ? rangeRoot(read, middle, end) : rangeRoot(read, start, middle));
    if (!isLeft) isWhole = false;
    [start, end] = isLeft ? [start, middle] : [middle, end];
  }
  return Promise.all(isWhole ? path : [rangeRoot(read, start, end), ...path]);
}

/**
 * Root that an audit path leads to from a leaf's hash: RFC 9162 section 2.1.3.2.
 * @throws BrokenProof it is no path of this leaf in a tree of this size
 */
export function rootByPath(
  leaf: Hash,
  { index, size, path }: { index: number; size: number; path: readonly Hash[] },
): Hash {
  if (!isCount(index) || !isCount(size) || index >= size)
    throw new BrokenProof(`no leaf ${index} in a tree of ${size}`);
  let [node, last, root] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) throw new BrokenProof('the path is longer than the tree is high');
    if (node % 2 === 1 || node === last) {
      root = nodeHash(sibling, root);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      root = nodeHash(root, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  if (last !== 0) throw new BrokenProof('the path is shorter than the tree is high');
  return root;
}

/** A tree as a checkpoint names it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/**
 * Holds that the newer tree begins with the older one: RFC 9162 section 2.1.4.2.
 * @throws BrokenProof
 */
export function requireConsistent(older: TreeHead, newer: TreeHead, path: readonly Hash[]): void {
  if (!isCount(older.size) || !isCount(newer.size) || older.size > newer.size)
    throw new BrokenProof(`a tree of ${newer.size} does not begin with one of ${older.size}`);
  if (older.size === 0 || older.size === newer.size) {
    const isSame = older.size === 0 ? older.root.equals(emptyRoot) : older.root.equals(newer.root);
    if (path.length > 0 || !isSame)
      throw new BrokenProof('two roots of one tree, or a path for none');
    return;
  }
  const roots = rootsByPath(older, newer, path);
  if (!roots.older.equals(older.root) || !roots.newer.equals(newer.root))
    throw new BrokenProof('the path does not lead to both roots');
}

function rootsByPath(older: TreeHead, newer: TreeHead, path: readonly Hash[]) {
  const isPower = Number.isInteger(Math.log2(older.size));
  const [first, ...rest] = isPower ? [older.root, ...path] : path;
  if (first === undefined) throw new BrokenProof('the path is empty');
  let [node, last] = [older.size - 1, newer.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [olderRoot, newerRoot] = [first, first];
  for (const sibling of rest) {
    if (last === 0) throw new BrokenProof('the path is longer than the tree is high');
    if (node % 2 === 1 || node === last) {
      [olderRoot, newerRoot] = [nodeHash(sibling, olderRoot), nodeHash(sibling, newerRoot)];
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newerRoot = nodeHash(newerRoot, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  if (last !== 0) throw new BrokenProof('the path is shorter than the tree is high');
  return { older: olderRoot, newer: newerRoot };
}

/** Not by shifting: trees may have more leaves than 32 bits count. */
const half = (n: number): number => Math.floor(n / 2);

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
