import { expect, it } from '@jest/globals';
import { ImageCorrupt, ImageStoreUnavailable, wholeImage } from './index.ts';

const answering = (get: () => Promise<Buffer | undefined>) => wholeImage({ get }, 'a'.repeat(64));

it('a picture that is not there or was damaged is none, and a store that is away says so', async () => {
  const bytes = Buffer.from('x');
  expect(await answering(() => Promise.resolve(bytes))).toBe(bytes);
  expect(await answering(() => Promise.resolve(undefined))).toBeUndefined();
  expect(await answering(() => Promise.reject(new ImageCorrupt('a')))).toBeUndefined();
  await expect(
    answering(() => Promise.reject(new ImageStoreUnavailable('away'))),
  ).rejects.toBeInstanceOf(ImageStoreUnavailable);
});
