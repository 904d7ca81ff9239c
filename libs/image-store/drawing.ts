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

/** What is drawn in a picture. */
export interface Drawing {
  /** Where the largest drawing is, with room around it: the only one, but for pages with several far apart. */
  readonly box: Box;
  /** How many there are, further from each other than they are large. */
  readonly count: number;
  /** Share (0 … 1) of the picture they take up together. */
  readonly share: number;
}

/** Undefined where nothing is drawn. */
export function drawingIn(
  light: Float32Array,
  ground: number,
  raster: Raster,
): Drawing | undefined {
  const parts = partsOf(tilesOf(light, ground, raster));
  const most = Math.max(0, ...parts.map(({ ink }) => ink));
  const drawings = gathered(parts.filter(({ ink }) => ink >= most * DIRT));
  const largest = drawings.reduce<Part | undefined>(
    (found, one) => (found && found.ink >= one.ink ? found : one),
    undefined,
  );
  if (largest === undefined) return undefined;
  const areas = drawings
    .map((one) => boxOf(one, raster))
    .map(({ width, height }) => width * height);
  const share = areas.reduce((sum, area) => sum + area, 0);
  return { box: boxOf(largest, raster), count: drawings.length, share: Math.min(1, share) };
}

/** Parts no further from each other than the larger of them is long are one drawing: a signature and the name below it. */
function gathered(parts: readonly Part[]): readonly Part[] {
  for (const [at, one] of parts.entries()) {
    const near = parts.findIndex((other, index) => index > at && isNear(one, other));
    const other = parts[near];
    if (other === undefined) continue;
    const rest = parts.filter((_part, index) => index !== at && index !== near);
    return gathered([...rest, joined(one, other)]);
  }
  return parts;
}

const longest = ({ left, right, top, bottom }: Part): number =>
  Math.max(right - left, bottom - top) + 1;

function isNear(one: Part, other: Part): boolean {
  const across = Math.max(one.left - other.right, other.left - one.right);
  const down = Math.max(one.top - other.bottom, other.top - one.bottom);
  return Math.max(across, down) <= Math.max(longest(one), longest(other));
}

const joined = (one: Part, other: Part): Part => ({
  ink: one.ink + other.ink,
  left: Math.min(one.left, other.left),
  top: Math.min(one.top, other.top),
  right: Math.max(one.right, other.right),
  bottom: Math.max(one.bottom, other.bottom),
});

function boxOf(part: Part, { width, height }: Raster): Box {
  const across = span((part.left * TILE) / width, ((part.right + 1) * TILE) / width);
  const down = span((part.top * TILE) / height, ((part.bottom + 1) * TILE) / height);
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
