import { expect, it } from '@jest/globals';
import { randomSource } from './random-source.ts';

it('a source gives as many bytes as are wanted, and none of them twice', () => {
  const next = randomSource(10);
  const given = Array.from({ length: 1000 }, next);
  expect(new Set(given.map((bytes) => bytes.length))).toEqual(new Set([10]));
  expect(new Set(given.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(1000);
});
