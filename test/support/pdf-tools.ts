import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'test/support/verapdf');
/** What Maven has brought; once for all runs. */
const jars = join(root, 'node_modules/.cache/verapdf');

const isThere = (command: string, flag: string): boolean =>
  spawnSync(command, [flag], { stdio: 'ignore' }).error === undefined;

function hasJars(): boolean {
  if (existsSync(join(jars, 'whole'))) return true;
  if (!isThere('mvn', '-v')) return false;
  const copy = ['-q', '-B', '-f', join(folder, 'pom.xml'), 'dependency:copy-dependencies'];
  const brought = spawnSync('mvn', [...copy, `-DoutputDirectory=${jars}`], { stdio: 'ignore' });
  if (brought.status !== 0) return false;
  spawnSync('touch', [join(jars, 'whole')]);
  return true;
}

/** Whether a validator of PDF/A can be had here: Java, and veraPDF from Maven. */
export const hasValidator = isThere('java', '-version') && hasJars();
/** Whether pages can be drawn here: pdftoppm of Poppler. */
export const hasPainter = isThere('pdftoppm', '-v');

/** Whether what pages say can be read here: pdftotext of Poppler. */
export const hasReader = isThere('pdftotext', '-v');

/** What the pages of a PDF say. */
export async function textOf(file: string): Promise<string> {
  const { stdout } = await run('pdftotext', ['-layout', file, '-'], { maxBuffer: 10_000_000 });
  return stdout;
}

/** What veraPDF says of files held against PDF/A-2b: a line each, and one for each rule broken. */
export async function validated(...files: readonly string[]): Promise<readonly string[]> {
  const options = ['-cp', `${jars}/*`, join(folder, 'Validate.java')];
  const { stdout } = await run('java', [...options, ...files], { maxBuffer: 10_000_000 });
  return stdout.trim().split('\n');
}

/** A page as it is seen: grey, 0 black to 255 white. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Pages of a PDF drawn at so many dots an inch. */
export async function painted(file: string, dpi = 72): Promise<readonly Picture[]> {
  const out = await mkdtemp(join(tmpdir(), 'pages-'));
  try {
    await run('pdftoppm', ['-r', String(dpi), '-gray', '-cropbox', '-png', file, join(out, 'p')]);
    const names = (await readdir(out)).sort();
    return await Promise.all(names.map((name) => pictureOf(join(out, name))));
  } finally {
    await rm(out, { recursive: true });
  }
}

async function pictureOf(path: string): Promise<Picture> {
  const { data, info } = await sharp(path).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: new Uint8Array(data) };
}

/** A part of a picture, in shares of its sides from the upper left corner. */
export interface Part {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

export function cut({ width, height, pixels }: Picture, { x, y }: Part): Picture {
  const [left, right] = x.map((share) => Math.round(share * width)) as [number, number];
  const [top, foot] = y.map((share) => Math.round(share * height)) as [number, number];
  const rows = Array.from({ length: foot - top }, (_, row) =>
    pixels.subarray((top + row) * width + left, (top + row) * width + right),
  );
  const all = new Uint8Array((right - left) * (foot - top));
  rows.forEach((row, index) => all.set(row, index * (right - left)));
  return { width: right - left, height: foot - top, pixels: all };
}

/** The share of a picture whose grey lies between two. */
export function share({ pixels }: Picture, [from, to]: readonly [number, number]): number {
  const within = pixels.filter((grey) => grey >= from && grey <= to);
  return within.length / pixels.length;
}
