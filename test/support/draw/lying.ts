import { crc32, deflateSync } from 'node:zlib';
import { pngChunks, uint32, withChunks, writePng } from './png.ts';

/** An animated PNG: every frame the same picture, which is also what a simple decoder shows. */
export function animatedPng(png: Buffer, frames = 2): Buffer {
  const chunks = pngChunks(png);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(8);
  const picture = Buffer.concat(
    chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data),
  );
  const control = (sequence: number) => ({
    type: 'fcTL',
    data: Buffer.concat([
      uint32(sequence),
      header.subarray(0, 8),
      Buffer.alloc(8),
      Buffer.from([0, 10, 0, 100, 0, 0]),
    ]),
  });
  const following = Array.from({ length: frames - 1 }, (_, index) => [
    control(2 * index + 1),
    { type: 'fdAT', data: Buffer.concat([uint32(2 * index + 2), picture]) },
  ]);
  return writePng([
    ...chunks.filter(({ type }) => type === 'IHDR'),
    { type: 'acTL', data: Buffer.concat([uint32(frames), uint32(0)]) },
    control(0),
    { type: 'IDAT', data: picture },
    ...following.flat(),
    ...chunks.filter(({ type }) => type === 'IEND'),
  ]);
}

/** Texts, as editing programs leave them in a PNG. */
export const withTexts = (png: Buffer) =>
  withChunks(png, [
    { type: 'tEXt', data: Buffer.from('Author\0SECRET-AUTHOR', 'latin1') },
    { type: 'iTXt', data: Buffer.from('Comment\0\0\0\0\0SECRET-COMMENT') },
    { type: 'eXIf', data: Buffer.from('MM\0*\0\0\0\x08\0\0\0\0\0\0 SECRET-EXIF', 'latin1') },
  ]);

/** A PNG with compressed texts, `size` bytes of them, which unpack to a thousand times as many. */
export function withTextBomb(png: Buffer, size: number): Buffer {
  const text = deflateSync(Buffer.alloc(7_900_000, 'A'), { level: 9 });
  const chunks = Array.from({ length: Math.floor(size / text.length) }, (_, n) => ({
    type: 'zTXt',
    data: Buffer.concat([Buffer.from(`k${n}\0\0`), text]),
  }));
  return withChunks(png, chunks);
}

export const truncated = (picture: Buffer, share: number) =>
  picture.subarray(0, Math.floor(picture.length * share));

/** One byte in the middle changed; of a PNG, with or without its chunk's checksum made right again. */
export function damaged(picture: Buffer): Buffer {
  const copy = Buffer.from(picture);
  const middle = Math.floor(copy.length / 2);
  copy[middle] = (copy[middle] ?? 0) ^ 0xff;
  return copy;
}

/** What a PNG decoder unpacks is nonsense, though every checksum is right. */
export const garbled = (png: Buffer) =>
  writePng(
    pngChunks(png).map(({ type, data }) =>
      type === 'IDAT' ? { type, data: damaged(data) } : { type, data },
    ),
  );

/** A ZIP archive of one file, stored without compression. */
export function zip(name = 'macro.js', content = Buffer.from('alert(1)')): Buffer {
  const u16 = (...values: number[]) =>
    Buffer.concat(values.map((v) => Buffer.from([v & 255, v >> 8])));
  const u32 = (...values: number[]) => Buffer.concat(values.map((v) => uint32(v).reverse()));
  const sizes = u32(crc32(content), content.length, content.length);
  const about = Buffer.concat([u16(20, 0, 0, 0, 33), sizes, u16(name.length, 0)]);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, Buffer.from(name), content]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02'),
    u16(20),
    about,
    u16(0, 0, 0),
    u32(0, 0),
    Buffer.from(name),
  ]);
  const end = Buffer.concat([
    Buffer.from('PK\x05\x06'),
    u16(0, 0, 1, 1),
    u32(central.length, local.length),
    u16(0),
  ]);
  return Buffer.concat([local, central, end]);
}

/** Files that are no pictures we take, whatever name they come under. */
export const notPictures = {
  svg: Buffer.from(
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="300" height="300"><script>alert(1)</script></svg>',
  ),
  html: Buffer.from('\ufeff <!DOCTYPE html><html><script>alert(1)</script></html>'),
  executable: Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01', 'latin1'), Buffer.alloc(600)]),
  gif: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
  pdf: Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n'),
  bmp: Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]),
  tiff: Buffer.concat([Buffer.from('II*\0', 'latin1'), Buffer.alloc(60)]),
  heif: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
  archive: zip(),
  unknown: Buffer.from('Họ và tên: Nguyễn Văn An'),
} as const;
