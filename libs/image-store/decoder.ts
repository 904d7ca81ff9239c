import { createRequire } from 'node:module';
import type Sharps from 'sharp';
import type { Sharp } from 'sharp';

/** 25 megapixels: 100 MB decoded at the worst, more than any scanner makes of a stamp. */
export const MAX_PIXELS = 25_000_000;

/** No picture within the limits takes nearly so long; a file made to take long is cut off. */
const MAX_SECONDS = 20;

let loaded: typeof Sharps | undefined;

/** The decoder, loaded with the first picture: most of what operators ask for sees none. */
function sharp(bytes: Buffer, options: Parameters<typeof Sharps>[1]): Sharp {
  loaded ??= load();
  return loaded(bytes, options);
}

/**
 * Pictures come from outside and hardly one is read twice in a row: nothing decoded is kept. One
 * thread a picture, since pictures already run side by side, and each thread costs memory of its own.
 */
function load(): typeof Sharps {
  const decoder = createRequire(import.meta.url)('sharp') as typeof Sharps;
  decoder.cache(false);
  decoder.concurrency(1);
  return decoder;
}

/**
 * A picture to be read from beginning to end once. The first thing wrong with it, even what a
 * viewer would gloss over, rejects the read.
 */
export function openPicture(bytes: Buffer): Sharp {
  return sharp(bytes, {
    failOn: 'warning',
    limitInputPixels: MAX_PIXELS,
    sequentialRead: true,
  }).timeout({ seconds: MAX_SECONDS });
}

/** Reads the header only, whatever dimensions it claims. */
export function openHeader(bytes: Buffer): Sharp {
  return sharp(bytes, { failOn: 'warning', limitInputPixels: false, sequentialRead: true });
}

/** As many pictures are decoded at a time: memory stays bounded however many arrive at once. */
const SIDE_BY_SIDE = 2;
const waiting: (() => void)[] = [];
let running = 0;

/** Does the work when fewer than two other pictures are being worked on, first come, first served. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < SIDE_BY_SIDE) running += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
