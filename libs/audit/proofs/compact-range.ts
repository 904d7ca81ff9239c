import { BrokenProof, emptyRoot, nodeHash, type Hash } from './hash.ts';
import { joined } from './subtrees.ts';

/**
 * A growing Merkle tree of RFC 6962 section 2.1 by the roots of its perfect subtrees alone, largest
 * first: as many as its size has bits that are set.
 */
export class CompactRange {
  /** Of the perfect subtrees, left to right; the place of each bit of `size`, highest first. */
  private readonly roots: Hash[] = [];
  private leaves = 0;

  get size(): number {
    return this.leaves;
  }

  /**
   * Appends a perfect subtree of so many leaves, a power of two.
   * @throws BrokenProof it cannot stand at this place
   */
  appendSubtree(leaves: number, root: Hash): void {
    const isPower =
      Number.isSafeInteger(leaves) && leaves > 0 && Number.isInteger(Math.log2(leaves));
    if (!isPower || this.leaves % leaves !== 0)
      throw new BrokenProof(`no subtree of ${leaves} leaves stands at ${this.leaves}`);
    let [merged, size] = [root, leaves];
    while (Math.floor(this.leaves / size) % 2 === 1) {
      merged = nodeHash(this.roots.pop() as Hash, merged);
      size *= 2;
    }
    this.roots.push(merged);
    this.leaves += leaves;
  }

  /** Root of the tree as it is now. */
  root(): Hash {
    return this.leaves === 0 ? emptyRoot : joined(this.roots);
  }
}
