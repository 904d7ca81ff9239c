import type { MediaType } from './findings.ts';
import { isPng, readPng } from './png.ts';

/** What a file says about itself before anything in it is decoded. */
export interface Container {
  readonly mediaType: MediaType;
  /** Pictures in it; more than one is an animation. */
  readonly frames: number;
  /** Byte behind the picture's last one; undefined where the file ends before the picture does. */
  readonly end: number | undefined;
  /** What a decoder is given: no byte behind the end, and of a PNG only what belongs to its picture. */
  readonly picture: Buffer;
}

const upTo = (bytes: Buffer, end: number | undefined) => ({ end, picture: bytes.subarray(0, end) });

/** Reads the structure of a PNG, JPEG or WebP file; undefined when the bytes begin as none of them. */
export function readContainer(bytes: Buffer): Container | undefined {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to);
  if (isPng(bytes)) return { mediaType: 'image/png', ...readPng(bytes) };
  if (text(0, 3) === '\xff\xd8\xff') {
    return { mediaType: 'image/jpeg', frames: 1, ...upTo(bytes, endOfJpeg(bytes)) };
  }
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') {
    return { mediaType: 'image/webp', frames: webpFrames(bytes), ...upTo(bytes, endOfWebp(bytes)) };
  }
  return undefined;
}

/** One RIFF chunk holds everything. */
function endOfWebp(bytes: Buffer): number | undefined {
  const end = 8 + bytes.readUInt32LE(4);
  return end <= bytes.length ? end : undefined;
}

/** Inside are chunks of type, length and data, padded to even length; each frame of an animation is one. */
function webpFrames(bytes: Buffer): number {
  let frames = 0;
  for (let at = 12; at + 8 <= bytes.length;) {
    if (bytes.toString('latin1', at, at + 4) === 'ANMF') frames += 1;
    const length = bytes.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
  return Math.max(1, frames);
}

const END_OF_IMAGE = 0xd9;

/** Segments of marker, length and data; behind a "start of scan" more data, in which a marker stands out. */
function endOfJpeg(bytes: Buffer): number | undefined {
  let at = 2;
  for (;;) {
    const found = nextMarker(bytes, at);
    if (found === undefined) return undefined;
    const { marker, behind } = found;
    if (marker === END_OF_IMAGE) return behind;
    if (behind + 2 > bytes.length) return undefined;
    at = behind + bytes.readUInt16BE(behind);
  }
}

/** The next marker that has data or ends the image: not a stuffed zero, a restart or a filler. */
function nextMarker(bytes: Buffer, from: number) {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1];
    if (marker === undefined) return undefined;
    const standsAlone = marker <= 1 || (marker >= 0xd0 && marker <= 0xd7);
    if (!standsAlone && marker !== 0xff) return { marker, behind: at + 2 };
  }
  return undefined;
}
