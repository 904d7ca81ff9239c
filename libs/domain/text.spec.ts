import { describe, expect, it } from '@jest/globals';
import { beginning, isBroken } from './text.ts';

describe('the beginning of a text', () => {
  it('is all of one that is no longer', () => {
    expect(beginning('Nguyễn', 6)).toBe('Nguyễn');
  });

  it('is at most as long as it may be, and halves no character', () => {
    for (const most of [1, 2, 3, 4, 5]) {
      const cut = beginning('a😀b😀', most);
      expect(cut.length).toBeLessThanOrEqual(most);
      expect('a😀b😀'.startsWith(cut) && !isBroken(cut)).toBe(true);
    }
  });
});
