import { crc32, deflateSync } from 'node:zlib';

/** A PNG taken apart: the chunks behind its signature, in order. */
export interface PngChunk {
  readonly type: string;
  readonly data: Buffer;
}

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

export function pngChunks(png: Buffer): readonly PngChunk[] {
  const chunks: PngChunk[] = [];
  for (let at = SIGNATURE.length; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

export function writePng(chunks: readonly PngChunk[]): Buffer {
  const written = chunks.map(({ type, data }) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    return Buffer.concat([uint32(data.length), body, uint32(crc32(body))]);
  });
  return Buffer.concat([SIGNATURE, ...written]);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Puts chunks right behind the header. */
export function withChunks(png: Buffer, added: readonly PngChunk[]): Buffer {
  const [header, ...rest] = pngChunks(png);
  if (!header) throw new Error('a PNG begins with a header');
  return writePng([header, ...added, ...rest]);
}

/** Header of a greyscale picture, one bit a pixel. */
export function bitmapHeader(width: number, height: number): PngChunk {
  return {
    type: 'IHDR',
    data: Buffer.concat([uint32(width), uint32(height), Buffer.from([1, 0, 0, 0, 0])]),
  };
}

/** A valid PNG of few bytes that unpacks to `width` × `height` black pixels. */
export function bombPng(width: number, height: number): Buffer {
  const row = Math.ceil(width / 8) + 1;
  const data = deflateSync(Buffer.alloc(row * height), { level: 9 });
  return writePng([
    bitmapHeader(width, height),
    { type: 'IDAT', data },
    { type: 'IEND', data: Buffer.alloc(0) },
  ]);
}
