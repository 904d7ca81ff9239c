import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { vietnameseOrder } from './vietnamese-order.ts';

const collator = new Intl.Collator('vi', { sensitivity: 'accent' });
const byKey = (a: string, b: string): number => {
  const [x, y] = [vietnameseOrder(a), vietnameseOrder(b)];
  return x < y ? -1 : x > y ? 1 : 0;
};

const syllables = (
  'Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nông Triệu Ân An Ấn Ăn Ơn Ôn On ' +
  'Văn Thị Hữu Đức Minh Ngọc Thanh Quốc Xuân Thu Hồng Kim Bảo Gia Khánh Phương Bình Cúc Dũng Đạt Giang Hà ' +
  'Hả Hã Há Hạ Ha Hải Hạnh Hiếu Hiểu Hoa Hoá Hùng Hưng Hương Khoa Lan Lân Linh Long Mai Mài Mãi Nam Nga Nhung ' +
  'Oanh Phúc Quân Quyên Quỳnh Sơn Tâm Thảo Thủy Trang Trung Tú Tuấn Uyên Ư Vân Vinh Yến Ý Y X Xã Phường Bắc Kạn UBND'
).split(' ');
const name = fc
  .array(fc.constantFrom(...syllables), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(' '));

describe('the order of Vietnamese names', () => {
  it('is the alphabet’s, with tones behind letters', () => {
    const names = ['X', 'Đặng', 'Ơn', 'Trần', 'An', 'Bình', 'Ân', 'Dũng', 'Ăn', 'Ôn', 'On'];
    const inOrder = 'An Ăn Ân Bình Dũng Đặng On Ôn Ơn Trần X'.split(' ');
    expect([...names].sort(byKey)).toEqual(inOrder);
    const tones = ['mạ', 'má', 'mã', 'mả', 'mà', 'ma'];
    expect([...tones].sort(byKey)).toEqual(['ma', 'mà', 'mả', 'mã', 'má', 'mạ']);
    const alphabet = Array.from('aăâbcdđeêghiklmnoôơpqrstuưvxy');
    expect([...alphabet].reverse().sort(byKey)).toEqual(alphabet);
  });

  it('asks for tones only where all letters are the same', () => {
    const names = ['Hạ An', 'Ha Ân', 'Hà An', 'Ha An', 'Ha', 'Hạ'];
    const inOrder = ['Ha', 'Hạ', 'Ha An', 'Hà An', 'Hạ An', 'Ha Ân'];
    expect([...names].sort(byKey)).toEqual(inOrder);
  });

  it('is Intl.Collator’s on names people have', () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect([a, b, Math.sign(byKey(a, b))]).toEqual([a, b, Math.sign(collator.compare(a, b))]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is Intl.Collator’s on signs and digits', () => {
    const ascii = fc.stringMatching(/^[!-~]{1,6}( [!-~]{1,6})?$/);
    fc.assert(
      fc.property(ascii, ascii, (a, b) => {
        expect([a, b, Math.sign(byKey(a, b))]).toEqual([a, b, Math.sign(collator.compare(a, b))]);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not know forms, cases, white space, nor where a tone was put', () => {
    fc.assert(
      fc.property(name, (one) => {
        const key = vietnameseOrder(one);
        expect(key).toMatch(/^[!-~]+( [0-9.]+)?$/);
        expect(vietnameseOrder(one.normalize('NFD'))).toBe(key);
        expect(vietnameseOrder(one.toUpperCase())).toBe(key);
        expect(vietnameseOrder(one.toLowerCase())).toBe(key);
        expect(vietnameseOrder(` ${one.replaceAll(' ', '\u00a0 ')}\t`)).toBe(key);
      }),
    );
    expect(vietnameseOrder('hoà')).toBe(vietnameseOrder('hòa'));
    expect(vietnameseOrder('Ðặng')).toBe(vietnameseOrder('Đặng'));
  });

  it('takes any text, letters of others beside or behind the own', () => {
    expect(['Müller', 'Muller', 'Мария', 'Zoë', '王', 'Mun'].sort(byKey)).toEqual([
      'Muller',
      'Müller',
      'Mun',
      'Zoë',
      'Мария',
      '王',
    ]);
    expect(vietnameseOrder('')).toBe('');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(vietnameseOrder(text)).toMatch(/^[ -~]*$/);
        expect(vietnameseOrder(text.normalize('NFD'))).toBe(vietnameseOrder(text));
      }),
    );
  });

  it('is kept for ever: what is stored stands beside what will be', () => {
    const keys = ['Đặng Thị Bưởi', 'UBND xã Thượng Minh', '01/2024-SCTĐT/BS', 'Nguyễn Văn Ân'];
    expect(keys.map(vietnameseOrder)).toEqual([
      'd{a{ng!thi!bu{o|i 5.5.2',
      'ubnd!xa!thu{o|ng!minh .3.5',
      '01#S2024#Bsctd{t#Sbs',
      'nguye{n!va{n!a|n 3',
    ]);
  });
});
