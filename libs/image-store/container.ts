import type { MediaType } from './findings.ts';

/** What a file says about itself before anything in it is decoded. */
export interface Container {
  readonly mediaType: MediaType;
  /** Pictures in it; more than one is an animation. */
  readonly frames: number;
  /** Byte behind the picture's last one; undefined where the file ends before the picture does. */
  readonly end: number | undefined;
}

const PNG_SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Reads the structure of a PNG, JPEG or WebP file; undefined when the bytes begin as none of them. */
export function readContainer(bytes: Buffer): Container | undefined {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to);
  if (bytes.subarray(0, 8).equals(PNG_SIGNATURE)) return readPng(bytes);
  if (text(0, 3) === '\xff\xd8\xff') return readJpeg(bytes);
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return readWebp(bytes);
  return undefined;
}

/**
 * Chunks of length, type, data and checksum up to IEND. The decoder shows the first picture of an
 * animated PNG and does not mention the others, so they are counted here: as many as announced
 * (acTL), or as many as there are (fcTL).
 */
function readPng(bytes: Buffer): Container {
  let announced = 1;
  let found = 0;
  let end: number | undefined;
  for (let at = 8; at + 12 <= bytes.length && end === undefined;) {
    const next = at + 12 + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'acTL' && next <= bytes.length) announced = bytes.readUInt32BE(at + 8);
    if (type === 'fcTL') found += 1;
    if (type === 'IEND' && next <= bytes.length) end = next;
    at = next;
  }
  return { mediaType: 'image/png', frames: Math.max(1, announced, found), end };
}

/** Chunks of type, length and data, padded to even length, inside one RIFF chunk. */
function readWebp(bytes: Buffer): Container {
  const mediaType = 'image/webp';
  if (bytes.length < 12) return { mediaType, frames: 1, end: undefined };
  const size = 8 + bytes.readUInt32LE(4);
  const end = size <= bytes.length ? size : undefined;
  let frames = 0;
  for (let at = 12; at + 8 <= (end ?? bytes.length);) {
    if (bytes.toString('latin1', at, at + 4) === 'ANMF') frames += 1;
    const length = bytes.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return { mediaType, frames: Math.max(1, frames), end };
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;

/** Markers, each but a few with a length and data; behind "start of scan" data without a length. */
function readJpeg(bytes: Buffer): Container {
  const mediaType = 'image/jpeg';
  let at = 2;
  for (;;) {
    const found = nextMarker(bytes, at);
    if (found === undefined) return { mediaType, frames: 1, end: undefined };
    const { marker, behind } = found;
    if (marker === END_OF_IMAGE) return { mediaType, frames: 1, end: behind };
    if (behind + 2 > bytes.length) return { mediaType, frames: 1, end: undefined };
    at = behind + bytes.readUInt16BE(behind);
    if (marker === START_OF_SCAN) at = Math.max(at, behind + 2);
  }
}

/** The next byte of its kind that is a marker with data: not a stuffed zero, a restart or a filler. */
function nextMarker(bytes: Buffer, from: number) {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1];
    if (marker === undefined) return undefined;
    const standsAlone = marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd7);
    if (!standsAlone && marker !== 0xff) return { marker, behind: at + 2 };
  }
  return undefined;
}
