import { describe, expect, it } from '@jest/globals';
import { registerForms } from './form.ts';
import { knownLayouts, layoutOf, parseLayouts } from './form-columns.ts';
import { registerTypes } from './types.ts';

const OLD = '23/2015/NĐ-CP';
const NEW = '280/2025/NĐ-CP';
const given = {
  form: NEW,
  type: 'SCT.BS',
  columns: [
    { field: 'numberText', label: 'Số', share: 10 },
    { field: 'pages', label: 'Số trang', share: 5 },
  ],
};

describe('the form of a register', () => {
  it('has the eight columns of the law for copies', () => {
    const labels = layoutOf(knownLayouts, { form: OLD, type: 'SCTDT.BS' }).columns;
    expect(labels.map(({ label }) => label)).toEqual([
      'Số thứ tự/số chứng thực',
      'Ngày, tháng, năm chứng thực',
      'Họ tên của người yêu cầu chứng thực',
      'Tên của bản chính giấy tờ, văn bản',
      'Họ tên, chức danh người ký chứng thực',
      'Số bản sao đã được chứng thực',
      'Lệ phí/Phí chứng thực',
      'Ghi chú',
    ]);
  });

  it('is known for every type and every decree, a later one’s by the one before', () => {
    for (const { code: type } of registerTypes)
      for (const form of registerForms)
        expect(layoutOf(knownLayouts, { form, type })).toMatchObject({ form: OLD, type });
  });

  it('is replaced by what a file says, for its decree and type only', () => {
    const layouts = parseLayouts([given]);
    expect(layoutOf(layouts, { form: NEW, type: 'SCT.BS' })).toEqual(given);
    expect(layoutOf(layouts, { form: OLD, type: 'SCT.BS' })).toMatchObject({ form: OLD });
    expect(layoutOf(layouts, { form: NEW, type: 'SCTDT.BS' })).toMatchObject({ form: OLD });
    const earlier = parseLayouts([{ ...given, form: OLD }]);
    expect(layoutOf(earlier, { form: OLD, type: 'SCT.BS' }).columns).toEqual(given.columns);
  });

  const [first, second] = given.columns;
  it.each([
    ['no list', {}, /forms are no list/],
    ['a form that is none', [{ ...given, form: '1/1945' }], /form 1: form "1\/1945" is none of/],
    ['an unknown type', [given, { ...given, type: 'X' }], /form 2: type "X" is none of/],
    ['no columns', [{ ...given, columns: [] }], /columns are no list/],
    ['no column of the number', [{ ...given, columns: [second] }], /no column numberText/],
    ['one twice', [{ ...given, columns: [first, second, second] }], /stands there twice/],
    [
      'a field no entry has',
      [{ ...given, columns: [first, { ...second, field: 'constructor' }] }],
      /field "constructor" is none of/,
    ],
    ['a blank label', [{ ...given, columns: [{ ...first, label: ' ' }] }], /label of numberText/],
    ['no width', [{ ...given, columns: [{ ...first, share: 0 }] }], /share of numberText/],
    ['null', [null], /a form is no object/],
    ['a column of null', [{ ...given, columns: [first, null] }], /a column is no object/],
  ])('is not taken from %s', (_name, json, said) => {
    expect(() => parseLayouts(json)).toThrow(said);
    expect(() => parseLayouts(json)).toThrow(RangeError);
  });
});
