import { createHash } from 'node:crypto';
import sharp from 'sharp';

/** Of what is seen in a picture, however it is encoded. @throws Error it is none */
export async function hashOfPixels(picture: Buffer): Promise<string> {
  const { data, info } = await sharp(picture)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return createHash('sha256').update(`${info.width} ${info.height} `).update(data).digest('hex');
}
