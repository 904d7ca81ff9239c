import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldVietnamese, searchText, searchWords } from './text.ts';

describe('folding Vietnamese text', () => {
  it.each([
    ['Sổ chứng thực', 'so chung thuc'],
    ['SỔ CHỨNG THỰC', 'so chung thuc'],
    ['Sổ chứng thực'.normalize('NFD'), 'so chung thuc'],
    ['01/2024-SCTĐT/BS', '01/2024-sctdt/bs'],
    ['đ Đ ð Ð', 'd d d d'],
    ['ăâêôơưỲỴỶỸÝ', 'aaeoouyyyyy'],
    // Wherever in the syllable the tone is put.
    ['hoà thuý khoẻ', 'hoa thuy khoe'],
    ['hòa thúy khỏe', 'hoa thuy khoe'],
    ['  nhiều\t\n khoảng\u00a0trắng ', 'nhieu khoang trang'],
    ['İstanbul', 'istanbul'],
    ['%_.*', '%_.*'],
    ['', ''],
  ])('%j becomes %j', (text, folded) => {
    expect(foldVietnamese(text)).toBe(folded);
  });

  it('is the same for every form and case of a text, and leaves nothing to fold', () => {
    const letters =
      'aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợ 019/';
    const text = fc.array(fc.constantFrom(...letters.split('')), { maxLength: 30 });
    fc.assert(
      fc.property(text, (pieces) => {
        const folded = foldVietnamese(pieces.join(''));
        expect(foldVietnamese(pieces.join('').normalize('NFD'))).toBe(folded);
        expect(foldVietnamese(pieces.join('').toUpperCase())).toBe(folded);
        expect(foldVietnamese(folded)).toBe(folded);
        expect(folded).toMatch(/^[a-z0-9/ ]*$/);
      }),
    );
  });

  it('has the same rule for every letter, alone and in company', () => {
    const rule = (text: string): string =>
      text
        .replace(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
        .toLowerCase()
        .normalize('NFD')
        .replace(/[\u0300-\u036f]+/g, '')
        .replace(/[đð]/gu, 'd')
        .replace(/\s+/gu, ' ')
        .trim();
    for (let code = 0; code <= 0xffff; code += 1) {
      for (const text of [String.fromCharCode(code), `A${String.fromCharCode(code)} b`]) {
        if (foldVietnamese(text) !== rule(text))
          expect([code, foldVietnamese(text)]).toBe(rule(text));
      }
    }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldVietnamese(text)).toBe(rule(text));
      }),
    );
  });
});

describe('search', () => {
  it('takes the words of the searchable fields that are texts', () => {
    const spec = { searchable: ['name', 'missing', 'count', 'empty', 'title'] };
    const doc = { title: 'Giấy\nkhai sinh', name: 'Đặng', count: 7, empty: '', hidden: 'x' };
    expect(searchText(spec, doc)).toBe(' dang giay khai sinh');
    expect(searchText(spec, { name: 'H03.24-0012; 😀 ' })).toBe(' h03 24 0012 😀');
  });

  it('asks for each word once', () => {
    expect(searchWords(' Sổ  chứng SO ')).toEqual(['so', 'chung']);
    expect(searchWords('  ')).toEqual([]);
    expect(searchWords('01/2024-SCTĐT/BS')).toEqual(['01', '2024', 'sctdt', 'bs']);
    expect(searchWords('%_-"*')).toEqual([]);
    expect(searchWords(undefined)).toEqual([]);
  });
});
