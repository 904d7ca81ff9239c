import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { registerKeyOf, registerStream } from './types.ts';

describe('the stream of a register', () => {
  it('names the register, and is read back to it', () => {
    const agency = fc.stringMatching(/^[A-Z0-9][A-Z0-9.-]{0,20}$/);
    fc.assert(
      fc.property(agency, fc.integer({ min: 1900, max: 2999 }), (code, year) => {
        const key = { agency: code, type: 'SCTDT.BS', year };
        expect(registerKeyOf(registerStream(key))).toEqual(key);
      }),
    );
  });

  it.each([
    'seal-BK-001',
    'signature-BK-001-x',
    'register-',
    'register-2024',
    'register-A-2024',
    'register-A-B-x',
  ])('is not %s', (stream) => expect(registerKeyOf(stream)).toBeUndefined());
});
