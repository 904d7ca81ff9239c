import sharp from 'sharp';
import { drawSeal, drawSignature } from '../../../apps/demo/draw-specimens.ts';

export { drawSeal, drawSignature };

export const seal = (options: { width?: number; ink?: string; format?: 'png' | 'jpeg' } = {}) =>
  drawSeal({ agency: 'UBND xã Dương Quang', place: 'Tỉnh Bắc Kạn', ...options });

export const signature = (
  options: { width?: number; ink?: string; format?: 'png' | 'jpeg' } = {},
) => drawSignature({ fullName: 'Nguyễn Văn An', title: 'Phó Chủ tịch UBND', ...options });

/** Out of focus by a share of the picture's width; a share tells the same of every size. */
export async function blurred(picture: Buffer, share: number): Promise<Buffer> {
  const { width } = await sharp(picture).metadata();
  return sharp(picture)
    .blur(Math.max(0.3, width * share))
    .png()
    .toBuffer();
}

/** As a cheap scanner gives it: on yellowish paper, with noise, as JPEG of quality 60. */
export async function scanned(picture: Buffer, noise = 8): Promise<Buffer> {
  const { data, info } = await sharp(picture)
    .flatten({ background: '#f6f3ea' })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  const bells = noiseOf(noise);
  for (let at = 0; at < pixels.length; at += 1) {
    pixels[at] = (pixels[at] ?? 0) + (bells[at % bells.length] ?? 0);
  }
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels } }).jpeg({ quality: 60 }).toBuffer();
}

/** A stretch of noise, the same each time; three even numbers together come near enough to a bell curve. */
function noiseOf(deviation: number): Float32Array {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
  return Float32Array.from(
    { length: 65_521 },
    () => (random() + random() + random() - 1.5) * 2 * deviation,
  );
}

/** One colour all over. */
export const blank = (width = 600, height = 400, background = '#ffffff') =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

/** A sheet in the shade: darker towards one side, and nothing on it. */
export const shaded = () =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="800" height="600">
      <linearGradient id="shade"><stop stop-color="#fff"/><stop offset="1" stop-color="#888"/></linearGradient>
      <rect width="800" height="600" fill="url(#shade)"/></svg>`),
  )
    .png()
    .toBuffer();

/** A photograph that says where it was taken, by whom, and that it lies on its side. */
export async function photographed(picture: Buffer): Promise<Buffer> {
  return sharp(picture)
    .flatten({ background: 'white' })
    .withExif({
      IFD0: { Artist: 'SECRET-ARTIST', Copyright: 'SECRET-OWNER' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '22/1 8/1 50/1',
        GPSAreaInformation: 'SECRET-AREA',
      },
    })
    .withMetadata({ orientation: 6 })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">SECRET-XMP</x:xmpmeta>')
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Four colours for print, as some scanners' software saves it. */
export const cmyk = (picture: Buffer) =>
  sharp(picture).flatten({ background: 'white' }).toColourspace('cmyk').jpeg().toBuffer();

/** Two pictures that follow each other. */
export async function animatedWebp(): Promise<Buffer> {
  const frames = await Promise.all([blank(300, 300, '#d01020'), blank(300, 300, '#ffffff')]);
  return sharp(frames, { join: { animated: true } })
    .webp()
    .toBuffer();
}
