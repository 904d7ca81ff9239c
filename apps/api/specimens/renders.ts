import { LRUCache } from 'lru-cache';
import { renderImage, type ImageStore, type ImageVariant, type RenderedImage } from '#image-store';
import { leavingOne, Turns } from '#threads';
import type { Asker } from '../http/asker.ts';

/** Pictures decoded at once: each takes a core, and 100 MB at the worst. */
const AT_ONCE = 2;
/** Of one account; a screen shows a list of ten pictures, and a few screens may be open. */
const MOST_WAITING = 50;
/** What was rendered is kept up to so many bytes. */
const MOST_KEPT = 64 * 1024 * 1024;

/**
 * Pictures as they are served, each made once while it is kept: original and variant tell all there
 * is to it. Accounts take turns at decoding, for looking and uploading alike, and nobody is worked
 * for who has left.
 */
export class Renders {
  private readonly made = new LRUCache<string, RenderedImage>({
    maxSize: MOST_KEPT,
    sizeCalculation: ({ bytes }) => bytes.length + 1,
  });
  private readonly turns = new Turns({
    atOnce: AT_ONCE,
    each: leavingOne(AT_ONCE),
    mostWaiting: MOST_WAITING,
  });

  constructor(private readonly images: Pick<ImageStore, 'get'>) {}

  /**
   * @param sha256 of an original that is in the store
   * @throws TooManyWaiting of this account @throws CallerLeft
   */
  async get(sha256: string, variant: ImageVariant, asker: Asker): Promise<RenderedImage> {
    const name = `${sha256} ${variant}`;
    const known = this.made.get(name);
    if (known) return known;
    return this.inTurn(asker, async () => {
      // Whoever had the turn before may have asked for the same.
      const meanwhile = this.made.get(name);
      if (meanwhile) return meanwhile;
      const original = await this.images.get(sha256);
      if (!original) throw new Error(`image ${sha256} is not in the store`);
      const rendered = await renderImage(original, variant);
      this.made.set(name, rendered);
      return rendered;
    });
  }

  /** Work that decodes a picture, when it is the account's turn. @throws as `get` */
  inTurn<T>({ account, signal }: Asker, work: () => Promise<T>): Promise<T> {
    return this.turns.take(account, signal, work);
  }
}
