/**
 * An immutable map as a hash array mapped trie: `with` costs O(log₃₂ n) and leaves the old map
 * whole, so a fold over 100,000 entries stays linear and a batch that could not be appended is
 * dropped by forgetting it.
 */
export interface PersistentMap<K extends string | number, V> {
  readonly size: number;
  get(key: K): V | undefined;
  with(key: K, value: V): PersistentMap<K, V>;
}

interface Leaf<V> {
  readonly kind: 'leaf';
  readonly hash: number;
  /** More than one where different keys share a hash. */
  readonly pairs: readonly (readonly [string | number, V])[];
}
interface Branch<V> {
  readonly kind: 'branch';
  readonly bitmap: number;
  readonly children: readonly Node<V>[];
}
type Node<V> = Leaf<V> | Branch<V>;

const BITS = 5;
const MASK = 31;

/** FNV-1a for text; a whole number is its own hash, which packs consecutive numbers densely. */
function hashOf(key: string | number): number {
  if (typeof key === 'number') return key | 0;
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i += 1) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return hash;
}

function bitCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const bitAt = (hash: number, shift: number): number => 1 << ((hash >>> shift) & MASK);
const indexOf = (bitmap: number, bit: number): number => bitCount(bitmap & (bit - 1));

function find<V>(root: Node<V> | undefined, key: string | number): V | undefined {
  const hash = hashOf(key);
  let node = root;
  for (let shift = 0; node?.kind === 'branch'; shift += BITS) {
    const bit = bitAt(hash, shift);
    node = node.bitmap & bit ? node.children[indexOf(node.bitmap, bit)] : undefined;
  }
  return node?.hash === hash ? node.pairs.find(([k]) => k === key)?.[1] : undefined;
}

function withPair<V>(leaf: Leaf<V>, key: string | number, value: V): Leaf<V> {
  const others = leaf.pairs.filter(([k]) => k !== key);
  return { ...leaf, pairs: [...others, [key, value]] };
}

/** A branch (or chain of them) that holds two leaves of different hashes. */
function split<V>(a: Leaf<V>, b: Leaf<V>, shift: number): Branch<V> {
  const bitA = bitAt(a.hash, shift);
  const bitB = bitAt(b.hash, shift);
  if (bitA === bitB) return { kind: 'branch', bitmap: bitA, children: [split(a, b, shift + BITS)] };
  const children = bitA >>> 0 < bitB >>> 0 ? [a, b] : [b, a];
  return { kind: 'branch', bitmap: bitA | bitB, children };
}

function insert<V>(node: Node<V>, leaf: Leaf<V>, shift: number): Node<V> {
  const [key, value] = leaf.pairs[0] as readonly [string | number, V];
  if (node.kind === 'leaf') {
    return node.hash === leaf.hash ? withPair(node, key, value) : split(node, leaf, shift);
  }
  const bit = bitAt(leaf.hash, shift);
  const index = indexOf(node.bitmap, bit);
  const children = node.children.slice();
  const child = children[index];
  if (node.bitmap & bit && child) {
    children[index] = insert(child, leaf, shift + BITS);
    return { kind: 'branch', bitmap: node.bitmap, children };
  }
  children.splice(index, 0, leaf);
  return { kind: 'branch', bitmap: node.bitmap | bit, children };
}

function mapOf<K extends string | number, V>(
  root: Node<V> | undefined,
  size: number,
): PersistentMap<K, V> {
  return {
    size,
    get: (key) => find(root, key),
    with: (key, value) => {
      const leaf: Leaf<V> = { kind: 'leaf', hash: hashOf(key), pairs: [[key, value]] };
      const known = find(root, key) !== undefined;
      return mapOf(root ? insert(root, leaf, 0) : leaf, known ? size : size + 1);
    },
  };
}

/** Values must not be undefined. */
export function emptyMap<
  K extends string | number,
  V extends object | string | number | boolean,
>(): PersistentMap<K, V> {
  return mapOf<K, V>(undefined, 0);
}
