import { ImageCorrupt, type ImageStore } from './port.ts';

/**
 * A picture as it was kept; undefined where it is not there, or is not what it was. A store that is
 * away has lost nothing, and nobody is to be told so. @throws ImageStoreUnavailable
 */
export const wholeImage = (
  images: Pick<ImageStore, 'get'>,
  sha256: string,
): Promise<Buffer | undefined> =>
  images.get(sha256).catch((error: unknown) => {
    if (error instanceof ImageCorrupt) return undefined;
    throw error;
  });
