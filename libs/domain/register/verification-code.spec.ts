import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  readVerificationCode,
  VERIFICATION_BYTES,
  verificationCodeOf,
} from './verification-code.ts';

const bytes = fc.uint8Array({ minLength: VERIFICATION_BYTES, maxLength: VERIFICATION_BYTES });
const SHAPE = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/;

describe('the code a copy is verified by', () => {
  it('is another for other bytes, in four groups without letters that look like digits', () => {
    fc.assert(
      fc.property(bytes, bytes, (one, other) => {
        const [code, otherCode] = [verificationCodeOf(one), verificationCodeOf(other)];
        expect(code).toMatch(SHAPE);
        expect(code === otherCode).toBe(Buffer.compare(one, other) === 0);
      }),
    );
    expect(verificationCodeOf(new Uint8Array(VERIFICATION_BYTES))).toBe('0000-0000-0000-0000');
    expect(verificationCodeOf(new Uint8Array(VERIFICATION_BYTES).fill(255))).toBe(
      'ZZZZ-ZZZZ-ZZZZ-ZZZZ',
    );
  });

  it('is made of as many bytes as it needs, not of fewer', () => {
    expect(() => verificationCodeOf(new Uint8Array(9))).toThrow('9 random bytes');
  });

  it('is read however it is typed: case, blanks, hyphens, letters that look like digits', () => {
    const code = '01AV-9QXT-2B4C-WZ10';
    const typings = [
      '01av9qxt2b4cwz10',
      ' 01AV 9QXT 2B4C WZ10 ',
      'O1AV–9QXT—2B4C‑WZIO',
      'olau.9qxt.2b4c.wzlo',
      '０１ＡＶ９ＱＸＴ２Ｂ４ＣＷＺ１０',
      '01AV\u200B-9QXT-2B4C-WZ10',
    ];
    for (const typed of typings) expect(readVerificationCode(typed)).toBe(code);
    fc.assert(
      fc.property(bytes, (random) => {
        const made = verificationCodeOf(random);
        expect(readVerificationCode(made.toLowerCase().replaceAll('-', ' '))).toBe(made);
      }),
    );
  });

  it('is no other text', () => {
    const others = ['', '01AV-9QXT-2B4C-WZ1', '01AV-9QXT-2B4C-WZ100', 'Đ1AV-9QXT-2B4C-WZ10'];
    for (const typed of [...others, '!'.repeat(16), '-'.repeat(1e6), 'A'.repeat(1e6)])
      expect(readVerificationCode(typed)).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const read = readVerificationCode(typed);
        if (read !== undefined) expect(read).toMatch(SHAPE);
      }),
    );
  });
});
