import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canBeAgencyCode } from '#domain';
import { isAgencyCode } from './caller.ts';

describe('an agency’s code', () => {
  it('is the same to who checks tokens and to who registers agencies', () => {
    const likely = fc.stringMatching(/^[A-Z0-9a-z.\- ]{0,34}$/);
    fc.assert(
      fc.property(fc.oneof(likely, fc.string()), (text) => {
        expect(isAgencyCode(text)).toBe(canBeAgencyCode(text));
      }),
      { numRuns: 500 },
    );
    expect([isAgencyCode('BK-001'), isAgencyCode('bk-001')]).toEqual([true, false]);
  });
});
