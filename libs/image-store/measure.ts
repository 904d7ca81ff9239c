import { openPicture } from './decoder.ts';
import { drawingIn, type Drawing } from './drawing.ts';
import type { ImageKind } from './findings.ts';

export interface Measures {
  /**
   * How far what is drawn stands out from the ground: 0 (not at all) … 1 (black on white). The
   * luminance of the ground is the median; of the drawing, that of the most deviating 0.5 % of the
   * picture, so that a few specks do not count and a thin signature does. Red ink on paper has
   * 0.5 … 0.8, a faint print 0.3, noise of a blank sheet 0.03.
   */
  readonly contrast: number;
  /**
   * How steep edges are: the part of the contrast an edge crosses from one pixel to the next, in
   * the steepest 0.5 % of the picture, its longer side scaled to 512 px. A crisp edge has 0.5 and
   * more; one blurred by a standard deviation of s pixels 0.4 / s. Scaled and divided by the
   * contrast, so that neither resolution nor strength of ink counts. (The variance of the
   * Laplacian, often used for this, rather follows the noise: a noisy scan blurred beyond reading
   * has as much as one blurred a little.)
   */
  readonly sharpness: number;
  /** Share of the picture that is transparent, 0 … 1. */
  readonly transparent: number;
  /** Share of the ink that has the colour recommended for its kind, 0 … 1. */
  readonly colour: number;
  /** Undefined where nothing stands out. */
  readonly drawing: Drawing | undefined;
}

// Called for each pixel: looked up once.
const { abs, hypot } = Math;

const SIDE = 512;
const EXTREME = 0.005;
/** Alpha (0 … 255) below which a pixel counts as transparent. */
const SEE_THROUGH = 32;
/** Chroma (0 … 1) below which ink has no colour but grey. */
const COLOURED = 0.1;

const hues = {
  signature: (hue: number) => hue >= 190 && hue <= 265,
  seal: (hue: number) => hue >= 335 || hue <= 20,
} as const satisfies Record<ImageKind, (hue: number) => boolean>;

interface Raster {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and alpha of each pixel, 0 … 255. */
  readonly data: Buffer;
}

/** Decodes the picture in full and measures it on white ground. @throws Error where it is broken */
export async function measure(picture: Buffer, kind: ImageKind): Promise<Measures> {
  const { data, info } = await openPicture(picture)
    .autoOrient()
    .toColourspace('srgb')
    .ensureAlpha()
    .resize({ width: SIDE, height: SIDE, fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raster = { data, width: info.width, height: info.height };
  const light = luminance(raster);
  const { ground, contrast } = contrastOf(light);
  return {
    contrast: rounded(contrast),
    sharpness: rounded(contrast === 0 ? 0 : steepness(light, raster) / contrast),
    transparent: rounded(transparency(raster)),
    colour: rounded(colourShare(raster, isInk(light, ground, contrast), hues[kind])),
    drawing: drawingIn(light, ground, raster),
  };
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** Of each pixel on white ground, 0 … 1, weighted as ITU-R BT.709 does. */
function luminance({ data, width, height }: Raster): Float32Array {
  const light = new Float32Array(width * height);
  for (let pixel = 0, at = 0; pixel < light.length; pixel += 1, at += 4) {
    const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]];
    const alpha = (data[at + 3] ?? 0) / 255;
    light[pixel] = 1 - alpha + (alpha * (0.2126 * r + 0.7152 * g + 0.0722 * b)) / 255;
  }
  return light;
}

/** The value that a share of the values, given in ascending order, lies below. */
function quantile(sorted: Float32Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function contrastOf(light: Float32Array) {
  const sorted = light.toSorted();
  const ground = quantile(sorted, 0.5);
  const darkest = quantile(sorted, EXTREME);
  const lightest = quantile(sorted, 1 - EXTREME);
  return { ground, contrast: Math.max(ground - darkest, lightest - ground) };
}

/** Change of luminance per pixel that only the steepest share of the picture exceeds. */
function steepness(light: Float32Array, { width, height }: Raster): number {
  const slopes = new Float32Array(light.length);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const across = ((light[at + 1] ?? 0) - (light[at - 1] ?? 0)) / 2;
      const down = ((light[at + width] ?? 0) - (light[at - width] ?? 0)) / 2;
      slopes[at] = hypot(across, down);
    }
  }
  return quantile(slopes.sort(), 1 - EXTREME);
}

function transparency({ data, width, height }: Raster): number {
  let count = 0;
  for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) < SEE_THROUGH) count += 1;
  return count / (width * height);
}

/** Ink is what lies more than halfway between ground and the strongest ink. */
function isInk(light: Float32Array, ground: number, contrast: number) {
  return (pixel: number) => abs((light[pixel] ?? 0) - ground) > contrast / 2;
}

function colourShare(
  raster: Raster,
  ink: (pixel: number) => boolean,
  wanted: (hue: number) => boolean,
): number {
  let all = 0;
  let right = 0;
  for (let pixel = 0; pixel < raster.width * raster.height; pixel += 1) {
    if (!ink(pixel)) continue;
    all += 1;
    const hue = hueOf(raster, pixel);
    if (hue !== undefined && wanted(hue)) right += 1;
  }
  return all === 0 ? 0 : right / all;
}

/** Degrees around the colour circle, red at 0, blue at 240; undefined where it is grey on white ground. */
function hueOf({ data }: Raster, pixel: number): number | undefined {
  const at = pixel * 4;
  const [r = 0, g = 0, b = 0, alpha = 0] = data.subarray(at, at + 4);
  const highest = Math.max(r, g, b);
  // White ground shining through takes as much of the colour as the ink lets through.
  const difference = highest - Math.min(r, g, b);
  if ((difference / 255) * (alpha / 255) < COLOURED) return undefined;
  if (highest === r) return (((g - b) / difference) * 60 + 360) % 360;
  if (highest === g) return ((b - r) / difference) * 60 + 120;
  return ((r - g) / difference) * 60 + 240;
}
