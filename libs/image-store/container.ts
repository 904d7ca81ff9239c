import type { MediaType } from './findings.ts';
import { readJpeg, type RareJpeg } from './jpeg.ts';
import { isPng, readPng } from './png.ts';

/** What a file says about itself before anything in it is decoded. */
export interface Container {
  readonly mediaType: MediaType;
  /** Pictures in it; more than one is an animation. */
  readonly frames: number;
  /** Byte behind the picture's last one; undefined where the file ends before the picture does. */
  readonly end: number | undefined;
  /** What a decoder is given: no byte behind the end, and only what belongs to the picture. */
  readonly picture: Buffer;
  /** Why hardly any viewer shows it, where that is so. */
  readonly rare?: RareJpeg | undefined;
}

const upTo = (bytes: Buffer, end: number | undefined) => ({ end, picture: bytes.subarray(0, end) });

/** Reads the structure of a PNG, JPEG or WebP file; undefined when the bytes begin as none of them. */
export function readContainer(bytes: Buffer): Container | undefined {
  const text = (from: number, to: number) => bytes.toString('latin1', from, to);
  if (isPng(bytes)) return { mediaType: 'image/png', ...readPng(bytes) };
  if (text(0, 3) === '\xff\xd8\xff') {
    return { mediaType: 'image/jpeg', frames: 1, ...readJpeg(bytes) };
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
