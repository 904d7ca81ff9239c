import type { Sharp } from 'sharp';
import { readContainer } from './container.ts';
import { inTurn, openPicture } from './decoder.ts';
import type { Crop, MediaType } from './findings.ts';

/** `full`: format and size of the original. `preview`: within 600 × 600 px. `thumbnail`: within 120 × 120 px. */
export type ImageVariant = 'full' | 'preview' | 'thumbnail';

export interface RenderedImage {
  readonly bytes: Buffer;
  readonly mediaType: MediaType;
}

const sides = { preview: 600, thumbnail: 120 } as const;

/**
 * The picture as it is served, drawn anew from the decoded pixels: in sRGB, turned as its
 * orientation says, and without anything else that was in the file (EXIF, place, colour profiles,
 * texts, bytes joined on). Small variants are PNG, never larger than the original, and keep
 * transparency. The same bytes and variant give the same bytes.
 *
 * @throws Error where the bytes did not pass `inspectImage`
 */
export async function renderImage(bytes: Buffer, variant: ImageVariant): Promise<RenderedImage> {
  // Asked first: the decoder would open a dozen other formats, some of them risky.
  const container = readContainer(bytes);
  if (container === undefined) throw new Error('not a picture of a signature or seal');
  const { mediaType } = container;
  return inTurn(async () => {
    const picture = openPicture(container.picture).autoOrient();
    if (variant === 'full')
      return { mediaType, bytes: await encode(picture, mediaType).toBuffer() };
    const side = sides[variant];
    const within = { width: side, height: side, fit: 'inside', withoutEnlargement: true } as const;
    const small = picture.resize(within).toColourspace('srgb').png();
    return { bytes: await small.toBuffer(), mediaType: 'image/png' };
  });
}

/**
 * What is lossy loses once more, so little that it is not seen. Optimised codes would make a JPEG a
 * little smaller, for 15 times the memory and 5 times the time.
 */
function encode(picture: Sharp, mediaType: MediaType): Sharp {
  switch (mediaType) {
    case 'image/png':
      return picture.png();
    case 'image/jpeg':
      return picture.jpeg({ quality: 95, chromaSubsampling: '4:4:4', optimiseCoding: false });
    case 'image/webp':
      return picture.webp({ quality: 95, alphaQuality: 100 });
    default:
      return mediaType satisfies never;
  }
}

/**
 * A part of a picture as a PNG of its own, turned as its orientation says, and without anything
 * else that was in the file.
 * @throws Error where the bytes did not pass for a picture, or the part does not lie in it
 */
export async function cropPicture(bytes: Buffer, crop: Crop): Promise<Buffer> {
  const container = readContainer(bytes);
  if (container === undefined) throw new Error('not a picture of a signature or seal');
  return inTurn(() => openPicture(container.picture).autoOrient().extract(crop).png().toBuffer());
}
