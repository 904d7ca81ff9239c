import { expect, it } from '@jest/globals';
import { ContentKeys } from './content-keys.ts';

it('what is sent again goes under its key, also after something else was sent, until one is done', () => {
  const keys = new ContentKeys();
  const first = keys.of('a');
  expect(keys.of('b')).not.toBe(first);
  expect(keys.of('a')).toBe(first);
  keys.done();
  expect(keys.of('a')).not.toBe(first);
});
