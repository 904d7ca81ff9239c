import type { Subtree } from './subtrees.ts';
import { nodeHash, type Hash } from './hash.ts';

/** Hashes in a full tile: C2SP tlog-tiles. */
export const TILE_WIDTH = 256;
/** Leaves between two places that are remembered in the log: so many events are read to find one. */
export const PAGE_WIDTH = 32;
/** Levels of the tree from one tile level to the next. */
export const TILE_HEIGHT = 8;

/** A tile's place: C2SP tlog-tiles, `tile/<level>/<index>`. */
export interface TilePlace {
  readonly level: number;
  readonly index: number;
}

/** How many hashes a tile has in a tree of so many leaves: none to 256. */
export function tileWidth({ level, index }: TilePlace, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** The tile that a subtree's root follows from, and which of its hashes do. */
export function tileOf({ level, index }: Subtree): TilePlace & { from: number; to: number } {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const width = 2 ** (level % TILE_HEIGHT);
  const first = index * width;
  const tile = Math.floor(first / TILE_WIDTH);
  const from = first - tile * TILE_WIDTH;
  return { level: tileLevel, index: tile, from, to: from + width };
}

/** Root over hashes of one level, as many as a power of two. */
export function perfectRoot(hashes: readonly Hash[]): Hash {
  let level = hashes;
  while (level.length > 1) {
    const above: Hash[] = [];
    for (let i = 0; i + 1 < level.length; i += 2)
      above.push(nodeHash(level[i] as Hash, level[i + 1] as Hash));
    level = above;
  }
  return level[0] as Hash;
}

/** `x001/x234/067` of 1234067: C2SP tlog-tiles. */
export function tilePath(index: number): string {
  const groups = [String(index % 1000).padStart(3, '0')];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`);
  return groups.join('/');
}

/** The index a path stands for; undefined where it is none, or not written in the one right way. */
export function tileIndex(path: string): number | undefined {
  if (!/^(x\d{3}\/)*\d{3}$/.test(path)) return undefined;
  const index = Number(path.replaceAll(/[x/]/g, ''));
  return Number.isSafeInteger(index) && tilePath(index) === path ? index : undefined;
}
