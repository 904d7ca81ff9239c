import { describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import * as draw from '../../test/support/draw/index.ts';
import { sha256Of } from './hash.ts';
import { renderImage } from './render.ts';
import type { ImageVariant } from './render.ts';

const variants: ImageVariant[] = ['full', 'preview', 'thumbnail'];

async function sizeOf(bytes: Buffer) {
  const { format, width, height, hasAlpha } = await sharp(bytes).metadata();
  return { format, width, height, hasAlpha };
}

async function pixels(bytes: Buffer): Promise<Buffer> {
  return sharp(bytes).toColourspace('srgb').ensureAlpha().raw().toBuffer();
}

describe('The full picture', () => {
  it('keeps format and size', async () => {
    const seal = await draw.seal();
    const originals = [
      seal,
      await draw.seal({ format: 'jpeg' }),
      await sharp(seal).webp().toBuffer(),
    ];
    for (const original of originals) {
      const { bytes, mediaType } = await renderImage(original, 'full');
      const before = await sizeOf(original);
      expect(await sizeOf(bytes)).toEqual(before);
      expect(mediaType).toBe(`image/${before.format}`);
    }
  });

  it('has every pixel of a PNG as it was', async () => {
    const original = await draw.seal();
    const { bytes } = await renderImage(original, 'full');
    expect((await pixels(bytes)).equals(await pixels(original))).toBe(true);
  });

  it('is turned as its orientation says, and then says nothing of it', async () => {
    const { bytes } = await renderImage(await draw.photographed(await draw.signature()), 'full');
    const metadata = await sharp(bytes).metadata();
    expect(metadata).toMatchObject({ width: 500, height: 900 });
    expect(metadata.orientation ?? 1).toBe(1);
  });

  it('is in sRGB, whatever the original was made for', async () => {
    const { bytes } = await renderImage(await draw.cmyk(await draw.seal()), 'full');
    expect((await sharp(bytes).metadata()).space).toBe('srgb');
  });
});

describe('Preview and thumbnail', () => {
  it('fit 600 × 600 and 120 × 120, in the proportions of the original', async () => {
    const signature = await draw.signature({ width: 1800 });
    const preview = await renderImage(signature, 'preview');
    expect(await sizeOf(preview.bytes)).toMatchObject({ format: 'png', width: 600, height: 333 });
    const thumbnail = await renderImage(signature, 'thumbnail');
    expect(await sizeOf(thumbnail.bytes)).toMatchObject({ format: 'png', width: 120, height: 67 });
    expect([preview.mediaType, thumbnail.mediaType]).toEqual(['image/png', 'image/png']);
  });

  it('are never larger than the original', async () => {
    const { bytes } = await renderImage(await draw.seal({ width: 200 }), 'preview');
    expect(await sizeOf(bytes)).toMatchObject({ width: 200, height: 200 });
  });

  it('keep transparency', async () => {
    for (const original of [
      await draw.seal(),
      await sharp(await draw.seal())
        .webp()
        .toBuffer(),
    ]) {
      for (const variant of ['preview', 'thumbnail'] as const) {
        const rendered = await pixels((await renderImage(original, variant)).bytes);
        expect(rendered[3]).toBe(0);
      }
    }
  });

  it('are PNG also of a JPEG, turned upright', async () => {
    const photo = await draw.photographed(await draw.signature());
    const { bytes } = await renderImage(photo, 'thumbnail');
    expect(await sizeOf(bytes)).toMatchObject({ format: 'png', width: 67, height: 120 });
  });
});

describe('Whatever is served', () => {
  const secret = /SECRET|Exif|GPS|xmpmeta|ICC_PROFILE|iCCP|tEXt|iTXt|eXIf/;

  it.each(variants)('holds nothing of the file but the picture: %s', async (variant) => {
    const seal = await draw.seal();
    const photo = await draw.photographed(seal);
    const profiled = sharp(seal).withIccProfile('p3');
    const chatty = [
      Buffer.concat([draw.withTexts(seal), Buffer.from('SECRET-TAIL')]),
      photo,
      Buffer.concat([photo, photo, Buffer.from('SECRET-TAIL')]),
      await profiled.clone().png().toBuffer(),
      await profiled.clone().flatten().jpeg().toBuffer(),
      await profiled
        .clone()
        .webp()
        .withExif({ IFD0: { Artist: 'SECRET-ARTIST' } })
        .toBuffer(),
    ];
    for (const original of chatty) {
      expect(original.toString('latin1')).toMatch(secret);
      const { bytes } = await renderImage(original, variant);
      expect(bytes.toString('latin1')).not.toMatch(secret);
      const { exif, xmp, icc, iptc, comments } = await sharp(bytes).metadata();
      expect({ exif, xmp, icc, iptc, comments }).toEqual({});
    }
  });

  it.each(variants)('is the same to the byte each time: %s', async (variant) => {
    const originals = [
      await draw.seal(),
      await draw.photographed(await draw.signature()),
      await sharp(await draw.seal())
        .webp()
        .toBuffer(),
    ];
    for (const original of originals) {
      const renderings = await Promise.all(
        Array.from({ length: 4 }, () => renderImage(original, variant)),
      );
      expect(new Set(renderings.map(({ bytes }) => sha256Of(bytes))).size).toBe(1);
    }
  });

  it('comes of a real picture: anything else is an error', async () => {
    for (const variant of variants) {
      await expect(renderImage(draw.notPictures.html, variant)).rejects.toThrow(Error);
      await expect(renderImage(draw.notPictures.gif, variant)).rejects.toThrow(Error);
      const torn = draw.truncated(await draw.seal(), 0.5);
      await expect(renderImage(torn, variant)).rejects.toThrow(Error);
    }
  });
});
