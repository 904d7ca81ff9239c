import { readContainer } from './container.ts';
import type { Container } from './container.ts';
import { inTurn, MAX_PIXELS, openHeader } from './decoder.ts';
import type { ImageKind, ImageProblem, Inspection } from './findings.ts';
import { foreignTail, foreignType } from './foreign.ts';
import { sha256Of } from './hash.ts';
import { clarityProblem, limits, uncropped, warningsFor } from './judge.ts';
import { measure } from './measure.ts';
import type { Measures } from './measure.ts';

/** 5 MiB. */
export const MAX_BYTES = 5 * 1024 * 1024;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
}

/**
 * Whether a file can be kept as the picture of a signature or seal. What it is follows from its
 * bytes alone, never from its name or from what its sender says. Cheap checks come first: only a
 * file whose structure and claimed dimensions are in order is decoded, and then to its last byte.
 */
export async function inspectImage(bytes: Buffer, kind: ImageKind): Promise<Inspection> {
  const container = checkFile(bytes);
  if (isProblem(container)) return { ok: false, problem: container };
  const header = await checkHeader(container);
  if (isProblem(header)) return { ok: false, problem: header };
  const measures = await checkPicture(container, kind, header);
  if (isProblem(measures)) return { ok: false, problem: measures };

  const { mediaType } = container;
  const file = { sha256: sha256Of(bytes), mediaType, bytes: bytes.length };
  const { drawing: _drawing, ...measured } = measures;
  const facts = { ...file, ...header, ...measured };
  return { ok: true, facts, warnings: warningsFor(facts, kind) };
}

function isProblem(result: ImageProblem | object): result is ImageProblem {
  return 'code' in result;
}

function checkFile(bytes: Buffer): Container | ImageProblem {
  if (bytes.length === 0) return { code: 'FILE_EMPTY', details: {} };
  if (bytes.length > MAX_BYTES) {
    return { code: 'FILE_TOO_LARGE', details: { bytes: bytes.length, limit: MAX_BYTES } };
  }
  const container = readContainer(bytes);
  if (container === undefined) {
    return { code: 'FILE_TYPE', details: { found: foreignType(bytes) ?? 'unknown', at: 0 } };
  }
  const { mediaType, frames, end, rare } = container;
  if (frames > 1) return { code: 'IMAGE_ANIMATED', details: { frames } };
  if (rare !== undefined) return { code: 'FILE_RARE_JPEG', details: { kind: rare } };
  if (end === undefined) return { code: 'FILE_BROKEN', details: { mediaType } };
  const found = foreignTail(bytes.subarray(end));
  return found === undefined ? container : { code: 'FILE_TYPE', details: { found, at: end } };
}

/** Looks at what the header claims, before anything is decoded or memory is set aside for it. */
async function checkHeader(container: Container): Promise<Header | ImageProblem> {
  const header = await readHeader(container).catch(() => undefined);
  const { mediaType } = container;
  if (header === undefined) return { code: 'FILE_BROKEN', details: { mediaType } };
  const { width, height } = header;
  const pixels = width * height;
  if (pixels > MAX_PIXELS) {
    const details = { width, height, pixels, limit: MAX_PIXELS };
    return { code: 'IMAGE_TOO_MANY_PIXELS', details };
  }
  const least = limits.leastSide;
  if (Math.min(width, height) < least) {
    return { code: 'IMAGE_TOO_SMALL', details: { width, height, least } };
  }
  return header;
}

/** @throws Error where the decoder cannot read the header, or reads another format than we did */
async function readHeader({ mediaType, picture }: Container): Promise<Header> {
  const { format, autoOrient, hasAlpha } = await openHeader(picture).metadata();
  if (`image/${format}` !== mediaType) throw new Error(`${mediaType} is read as ${format}`);
  return { ...autoOrient, hasAlpha };
}

async function checkPicture(
  { mediaType, picture }: Container,
  kind: ImageKind,
  header: Header,
): Promise<Measures | ImageProblem> {
  const measures = await inTurn(() => measure(picture, kind)).catch(() => undefined);
  if (measures === undefined) return { code: 'FILE_BROKEN', details: { mediaType } };
  return uncropped(measures, header) ?? clarityProblem(measures, kind) ?? measures;
}
