import {
  joined,
  perfectRoot,
  subtreesOf,
  TILE_WIDTH,
  tileOf,
  type Hash,
  type TilePlace,
} from '../proofs/index.ts';

/** A tile, whole or as far as it goes. */
export interface Tile extends TilePlace {
  readonly hashes: readonly Hash[];
}

/** The right edge of a growing tree as tiles; those that are full are handed out and forgotten. */
export class TileBuilder {
  /** Of each tile level, the hashes of its last tile, which is not full. */
  private readonly edge: Hash[][];

  /** @param edge the partial tiles of a tree of so many leaves, by level */
  constructor(
    private leaves: number,
    edge: readonly (readonly Hash[])[],
  ) {
    this.edge = edge.map((hashes) => [...hashes]);
  }

  get size(): number {
    return this.leaves;
  }

  /** As the constructor takes it. */
  get partialTiles(): readonly (readonly Hash[])[] {
    return this.edge.map((hashes) => [...hashes]);
  }

  /** Tiles that this leaf has made full. */
  append(leaf: Hash): readonly Tile[] {
    this.leaves += 1;
    return this.push(0, leaf);
  }

  private push(level: number, hash: Hash): readonly Tile[] {
    const hashes = (this.edge[level] ??= []);
    hashes.push(hash);
    if (hashes.length < TILE_WIDTH) return [];
    this.edge[level] = [];
    const index = this.leaves / TILE_WIDTH ** (level + 1) - 1;
    return [{ level, index, hashes }, ...this.push(level + 1, perfectRoot(hashes))];
  }

  /** The tiles at the right edge that are neither full nor empty. */
  partial(): readonly Tile[] {
    return this.edge.flatMap((hashes, level) => {
      const index = Math.floor(this.leaves / TILE_WIDTH ** (level + 1));
      return hashes.length === 0 ? [] : [{ level, index, hashes: [...hashes] }];
    });
  }

  /** Root of the tree, which has at least one leaf. */
  root(): Hash {
    return joined(
      subtreesOf(this.leaves).map((subtree) => {
        const { level, from, to } = tileOf(subtree);
        return perfectRoot((this.edge[level] ?? []).slice(from, to));
      }),
    );
  }
}
