import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { howMany, withNumber } from './number-ranges.ts';

describe('the documents of a dossier that have a number', () => {
  it('are as many as were numbered, each once, whatever their order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 })), (numbers) => {
        const ranges = numbers.reduce(withNumber, []);
        expect(howMany(ranges)).toBe(new Set(numbers).size);
        const first = ranges.map(({ from }) => from);
        expect(first).toEqual([...first].sort((one, other) => one - other));
      }),
    );
  });

  it('take no more room than one where they follow one another', () => {
    expect([3, 1, 2, 5, 4].reduce(withNumber, [])).toEqual([{ from: 1, to: 5 }]);
  });
});
