import { nodeHash, type Hash } from './hash.ts';

/** A perfect subtree: over the leaves `index × 2^level` to `(index + 1) × 2^level`. */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** The perfect subtrees that make a tree of so many leaves, left to right. */
export function subtreesOf(size: number): readonly Subtree[] {
  const subtrees: Subtree[] = [];
  let start = 0;
  for (let level = 52; level >= 0; level -= 1) {
    const leaves = 2 ** level;
    if (Math.floor(size / leaves) % 2 === 0) continue;
    subtrees.push({ level, index: start / leaves });
    start += leaves;
  }
  return subtrees;
}

/** Root over perfect subtrees of falling size, of which there is at least one. */
export const joined = (subtrees: readonly Hash[]): Hash =>
  subtrees.reduceRight((right, left) => nodeHash(left, right));
