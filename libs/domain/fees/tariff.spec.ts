import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ranges } from '../limits.ts';
import { registerTypes } from '../register/types.ts';
import { proposedFee, tariffs } from './tariff.ts';

const certifiedOn = '2024-05-10';
const copy = { type: 'SCTDT.BS', certifiedOn, copies: 1 };

describe('the fee by the tariff (TT 226/2016)', () => {
  it.each([
    [1, 2_000],
    [2, 4_000],
    [3, 5_000],
    [10, 12_000],
    [197, 199_000],
    [198, 200_000],
    [199, 200_000],
    [10_000, 200_000],
  ])('of a copy of %d pages is %d đồng', (pages, fee) => {
    expect(proposedFee({ ...copy, pages })).toBe(fee);
    expect(proposedFee({ ...copy, type: 'SCT.BS', pages })).toBe(fee);
  });

  it('is taken for each copy, and at most 200.000 đồng for each', () => {
    expect(proposedFee({ ...copy, pages: 3, copies: 1000 })).toBe(5_000_000);
    expect(proposedFee({ ...copy, pages: 300, copies: 3 })).toBe(600_000);
  });

  it('of a translator’s signature is 10.000 đồng a paper, whatever its pages', () => {
    const signature = { type: 'SCT.CKND', certifiedOn, copies: 2 };
    expect(proposedFee({ ...signature, pages: null })).toBe(20_000);
    expect(proposedFee({ ...signature, pages: 500 })).toBe(20_000);
  });

  it('is not known of a copy whose pages nobody told, nor before the first tariff', () => {
    expect(proposedFee({ ...copy, pages: null })).toBeNull();
    expect(proposedFee({ ...copy, pages: 3, certifiedOn: '2016-12-31' })).toBeNull();
    expect(proposedFee({ ...copy, pages: 3, certifiedOn: '2017-01-01' })).toBe(5_000);
  });

  it('never falls with a page or a copy more', () => {
    const pages = fc.integer({ min: 1, max: ranges.pages.most - 1 });
    const copies = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(pages, copies, (page, count) => {
        const fee = (more: object) =>
          Number(proposedFee({ ...copy, pages: page, copies: count, ...more }));
        expect(fee({ pages: page + 1 })).toBeGreaterThanOrEqual(fee({}));
        expect(fee({ copies: count + 1 })).toBeGreaterThan(fee({}));
      }),
    );
  });

  it('knows a rate for every type of register, in tariffs that follow one another', () => {
    const [latest] = tariffs;
    expect(Object.keys(latest?.rates ?? {}).sort()).toEqual(
      registerTypes.map(({ code }) => code).sort(),
    );
    const days = tariffs.map(({ since }) => since);
    expect(days).toEqual([...new Set(days)].sort().reverse());
  });
});
