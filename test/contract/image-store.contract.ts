import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ImageCorrupt } from '#image-store';
import type { ImageStore } from '#image-store';

export interface OpenedImageStore {
  readonly store: ImageStore;
  /** Another store on the same images, as another process would open it; closed by the suite. */
  reopen(): Promise<ImageStore>;
  /** Leaves what a writer leaves that is cut off before its image is complete. */
  leaveHalfWritten(sha256: string, bytes: Buffer): Promise<void>;
  /** Changes one byte of what is stored, behind the store's back. */
  damage(sha256: string): Promise<void>;
  /** Takes the last bytes of what is stored away, behind the store's back. */
  cutShort(sha256: string): Promise<void>;
  dispose(): Promise<void>;
}

/** Longest time one sentence may take on a shared server. */
const TIMEOUT_MS = 30_000;
const KIB = 1024;

/** A store may be shared with others: each sentence keeps to bytes of its own. */
function newImage(length = 2000): { readonly sha256: string; readonly bytes: Buffer } {
  const bytes = randomBytes(length);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

async function listed(store: ImageStore): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for await (const hash of store.list()) times.set(hash, (times.get(hash) ?? 0) + 1);
  return times;
}

export function describeImageStoreContract(
  name: string,
  openStore: () => Promise<OpenedImageStore>,
): void {
  describe(`${name} as an image store`, () => {
    let opened: OpenedImageStore;
    let store: ImageStore;

    beforeAll(async () => {
      opened = await openStore();
      store = opened.store;
    }, TIMEOUT_MS);

    afterAll(async () => {
      await store.close();
      await opened.dispose();
    }, TIMEOUT_MS);

    const says = (sentence: string, body: () => Promise<void>) => it(sentence, body, TIMEOUT_MS);

    says('gives back exactly the bytes that were put', async () => {
      const { sha256, bytes } = newImage();
      await store.put(sha256, bytes);
      expect((await store.get(sha256))?.equals(bytes)).toBe(true);
      expect(await store.has(sha256)).toBe(true);
    });

    const lengths = [1, 255 * KIB - 1, 255 * KIB, 255 * KIB + 1, 5 * KIB * KIB];
    it.each(lengths)(
      'keeps an image of %i bytes whole',
      async (length) => {
        const { sha256, bytes } = newImage(length);
        await store.put(sha256, bytes);
        expect((await store.get(sha256))?.equals(bytes)).toBe(true);
      },
      TIMEOUT_MS,
    );

    says('has nothing under a hash that was never put', async () => {
      const { sha256 } = newImage();
      expect(await store.get(sha256)).toBeUndefined();
      expect(await store.has(sha256)).toBe(false);
    });

    says('shows another process what has been put', async () => {
      const { sha256, bytes } = newImage();
      const other = await opened.reopen();
      await store.put(sha256, bytes);
      expect((await other.get(sha256))?.equals(bytes)).toBe(true);
      await other.close();
    });

    says('changes nothing when the same bytes are put again', async () => {
      const { sha256, bytes } = newImage();
      await store.put(sha256, bytes);
      await store.put(sha256, bytes);
      expect((await store.get(sha256))?.equals(bytes)).toBe(true);
      expect((await listed(store)).get(sha256)).toBe(1);
    });

    says('takes the same bytes from many writers at once', async () => {
      const { sha256, bytes } = newImage(600 * KIB);
      const other = await opened.reopen();
      const writers = Array.from({ length: 12 }, (_, n) => (n % 2 ? store : other));
      await Promise.all(writers.map((writer) => writer.put(sha256, bytes)));
      expect((await store.get(sha256))?.equals(bytes)).toBe(true);
      expect((await listed(store)).get(sha256)).toBe(1);
      await other.close();
    });

    says('has an image complete or not at all, whenever it is asked', async () => {
      const { sha256, bytes } = newImage(600 * KIB);
      const writer = { done: false };
      const writing = store.put(sha256, bytes).finally(() => (writer.done = true));
      const seen: (Buffer | undefined)[] = [];
      while (!writer.done) seen.push(await store.get(sha256));
      await writing;
      seen.push(await store.get(sha256));
      expect(seen.every((found) => found === undefined || found.equals(bytes))).toBe(true);
      expect(seen.at(-1)?.equals(bytes)).toBe(true);
    });

    says('lists every hash once', async () => {
      const images = [newImage(), newImage(), newImage()];
      for (const { sha256, bytes } of images) await store.put(sha256, bytes);
      const all = await listed(store);
      expect(images.map(({ sha256 }) => all.get(sha256))).toEqual([1, 1, 1]);
    });

    says('shows nothing of an image whose writer was cut off', async () => {
      const { sha256, bytes } = newImage(600 * KIB);
      await opened.leaveHalfWritten(sha256, bytes);
      expect(await store.get(sha256)).toBeUndefined();
      expect(await store.has(sha256)).toBe(false);
      expect((await listed(store)).has(sha256)).toBe(false);
    });

    says('takes an image again whose first writer was cut off', async () => {
      const { sha256, bytes } = newImage(600 * KIB);
      await opened.leaveHalfWritten(sha256, bytes);
      await store.put(sha256, bytes);
      expect((await store.get(sha256))?.equals(bytes)).toBe(true);
    });

    says('never hands out an image with a changed byte', async () => {
      const { sha256, bytes } = newImage();
      await store.put(sha256, bytes);
      await opened.damage(sha256);
      await expect(store.get(sha256)).rejects.toThrow(ImageCorrupt);
      await expect(store.get(sha256)).rejects.toMatchObject({ sha256 });
    });

    says('never hands out an image whose end is missing', async () => {
      const { sha256, bytes } = newImage(600 * KIB);
      await store.put(sha256, bytes);
      await opened.cutShort(sha256);
      await expect(store.get(sha256)).rejects.toThrow(ImageCorrupt);
    });

    says('mends a damaged image when its bytes are put again', async () => {
      const { sha256, bytes } = newImage(600 * KIB);
      await store.put(sha256, bytes);
      await opened.damage(sha256);
      await opened.cutShort(sha256);
      await store.put(sha256, bytes);
      expect((await store.get(sha256))?.equals(bytes)).toBe(true);
    });

    says('refuses bytes that do not have the hash, and keeps nothing', async () => {
      const { sha256 } = newImage();
      await expect(store.put(sha256, Buffer.from('another'))).rejects.toThrow(RangeError);
      expect(await store.has(sha256)).toBe(false);
    });

    const notHashes = [
      '',
      '../../etc/passwd',
      'a'.repeat(63),
      'A'.repeat(64),
      `${'a'.repeat(64)}/`,
    ];
    it.each([...notHashes, `../${'a'.repeat(61)}`, `${'a'.repeat(64)}\n`])(
      'takes %j for no hash',
      async (text) => {
        const ask = (question: () => Promise<unknown>) => Promise.resolve().then(question);
        await expect(ask(() => store.put(text, Buffer.from('x')))).rejects.toThrow(RangeError);
        await expect(ask(() => store.get(text))).rejects.toThrow(RangeError);
        await expect(ask(() => store.has(text))).rejects.toThrow(RangeError);
      },
    );
  });
}
