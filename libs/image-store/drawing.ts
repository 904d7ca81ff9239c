/** A part of a picture in shares (0 … 1) of its width and height. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Raster {
  readonly width: number;
  readonly height: number;
}

/** Pixels of a tile's side: letters and lines of one drawing lie in tiles that touch. */
const TILE = 8;
/** How far light or dark stands out from the ground to count; paper's noise has a tenth of it. */
const STANDS_OUT = 0.15;
/** Pixels that make a tile one with ink in it: a speck of dust does not. */
const LEAST_INK = 2;
/** Tiles between parts of one drawing, as between a signature and the name below it. */
const REACH = 3;
/** Parts with less of the ink than this share of the largest are dirt. */
const DIRT = 0.1;
/** Room around the drawing, in shares of its own size. */
const MARGIN = 0.1;

interface Tiles {
  readonly columns: number;
  readonly rows: number;
  /** Pixels of ink in each tile. */
  readonly ink: Uint16Array;
}

/** Where in the picture something is drawn, with room around it; undefined where nothing is. */
export function drawingIn(light: Float32Array, ground: number, raster: Raster): Box | undefined {
  const tiles = tilesOf(light, ground, raster);
  const parts = partsOf(tiles);
  const most = Math.max(0, ...parts.map(({ ink }) => ink));
  const kept = parts.filter(({ ink }) => ink >= most * DIRT);
  if (kept.length === 0) return undefined;
  const left = Math.min(...kept.map((part) => part.left)) * TILE;
  const top = Math.min(...kept.map((part) => part.top)) * TILE;
  const right = (Math.max(...kept.map((part) => part.right)) + 1) * TILE;
  const bottom = (Math.max(...kept.map((part) => part.bottom)) + 1) * TILE;
  const { width, height } = raster;
  const across = span(left / width, right / width);
  const down = span(top / height, bottom / height);
  return { left: across.from, top: down.from, width: across.size, height: down.size };
}

function span(from: number, to: number) {
  const margin = (to - from) * MARGIN;
  const begin = Math.max(0, from - margin);
  return { from: begin, size: Math.min(1, to + margin) - begin };
}

function tilesOf(light: Float32Array, ground: number, { width, height }: Raster): Tiles {
  const [columns, rows] = [Math.ceil(width / TILE), Math.ceil(height / TILE)];
  const ink = new Uint16Array(columns * rows);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (Math.abs((light[y * width + x] ?? 0) - ground) < STANDS_OUT) continue;
      const tile = Math.floor(y / TILE) * columns + Math.floor(x / TILE);
      ink[tile] = (ink[tile] ?? 0) + 1;
    }
  }
  return { columns, rows, ink };
}

interface Part {
  ink: number;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Tiles with ink that lie within reach of each other, taken together. */
function partsOf(tiles: Tiles): Part[] {
  const left = new Set<number>();
  tiles.ink.forEach((ink, tile) => {
    if (ink >= LEAST_INK) left.add(tile);
  });
  const parts: Part[] = [];
  for (const tile of left) parts.push(partFrom(tile, left, tiles));
  return parts;
}

/** The part that a tile is of; all of its tiles are taken out of those left. */
function partFrom(start: number, left: Set<number>, { columns, rows, ink }: Tiles): Part {
  const part: Part = { ink: 0, left: columns, top: rows, right: 0, bottom: 0 };
  const open = [start];
  left.delete(start);
  for (let tile = open.pop(); tile !== undefined; tile = open.pop()) {
    const [x, y] = [tile % columns, Math.floor(tile / columns)];
    grow(part, x, y, ink[tile] ?? 0);
    for (const near of within(x, y, { columns, rows })) if (left.delete(near)) open.push(near);
  }
  return part;
}

function grow(part: Part, x: number, y: number, ink: number): void {
  part.ink += ink;
  part.left = Math.min(part.left, x);
  part.right = Math.max(part.right, x);
  part.top = Math.min(part.top, y);
  part.bottom = Math.max(part.bottom, y);
}

function* within(x: number, y: number, { columns, rows }: Pick<Tiles, 'columns' | 'rows'>) {
  for (let row = Math.max(0, y - REACH); row <= Math.min(rows - 1, y + REACH); row += 1) {
    for (let col = Math.max(0, x - REACH); col <= Math.min(columns - 1, x + REACH); col += 1) {
      yield row * columns + col;
    }
  }
}
