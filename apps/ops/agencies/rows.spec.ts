import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseCsv } from './csv.ts';
import { agencyRows } from './rows.ts';
import { textOf } from './text.ts';

describe('reading CSV', () => {
  it('knows quotes, doubled quotes, breaks within, any line end, a byte order mark and empty lines', () => {
    expect(parseCsv('\ufeffa,b\r\n\n"x, ""y""\nz", 1 \r\n,\n2,"3"')).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['x, "y"\nz', '1'] },
      { line: 6, cells: ['2', '3'] },
    ]);
    expect(parseCsv('')).toEqual([]);
    expect(parseCsv('a\n')).toEqual([{ line: 1, cells: ['a'] }]);
  });

  it.each(['a,b\n"x', 'a,b\n"x"y,1', 'a,b\nx"y,1'])('refuses the quotes of %j', (text) => {
    expect(() => parseCsv(text)).toThrow(/^line 2: a quotation mark/);
  });
});

describe('the text of a file', () => {
  const text = 'code;name;level\r\nBK-001;"UBND xã\r\nThượng Minh";xã\r\nBK-002;B;xã\r\n';
  const forms: readonly (readonly [string, Buffer])[] = [
    ['CSV of a country that writes semicolons', Buffer.from(text)],
    ['CSV UTF-8, with its mark', Buffer.from(`\ufeff${text}`)],
    ['Unicode Text: tabs, UTF-16', Buffer.from(`\ufeff${text.replaceAll(';', '\t')}`, 'utf16le')],
    ['UTF-16 of the other order', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['CSV with commas', Buffer.from(text.replaceAll(';', ','))],
  ];

  it.each(forms)('is read as Excel writes it: %s', (_form, bytes) => {
    expect(agencyRows(textOf(bytes))).toMatchObject([
      { where: 'line 2', code: 'BK-001', name: 'UBND xã Thượng Minh' },
      { where: 'line 4', code: 'BK-002', name: 'B' },
    ]);
  });

  const windows = new URL('../../../test/cases/agencies-windows-1258.csv', import.meta.url);
  const refused: readonly (readonly [string, Buffer, number])[] = [
    ['Windows-1258', readFileSync(windows), 2],
    ['UTF-16 without its mark', Buffer.from(text, 'utf16le'), 1],
    ['half a character of UTF-16', Buffer.from('\ufeffa\nb\ud800', 'utf16le'), 2],
    ['what another program has replaced', Buffer.from('a\n\nc\ufffd'), 3],
  ];

  it.each(refused)('is refused by its line, with what is expected: %s', (_what, bytes, line) => {
    expect(() => textOf(bytes)).toThrow(RangeError);
    expect(() => textOf(bytes)).toThrow(new RegExp(`^line ${line}: .*UTF-8.* is expected.*save`));
  });
});

describe('agencies in a file', () => {
  const header = 'code,name,level,successor,retiredOn,reason';
  const whole = {
    code: 'BK-001',
    name: 'UBND xã A',
    level: 'commune',
    identifier: null,
    statisticalCode: null,
    successor: null,
    retiredOn: null,
    reason: '',
  };

  it('are the same in CSV, with columns in any order, and in JSON', () => {
    expect(agencyRows('level,code,name\nXã,BK-001,UBND xã A')).toEqual([
      { where: 'line 2', ...whole },
    ]);
    const item = { code: 'BK-001', name: 'UBND xã A', level: 'commune', successor: null };
    expect(agencyRows(` ${JSON.stringify([item])}`)).toEqual([{ where: 'item 1', ...whole }]);
  });

  it('that end have a successor or a last day', () => {
    const [first, second] = agencyRows(
      `${header}\nA,A,huyện,B,2025-07-01,Hết cấp huyện\nC,C,tỉnh,,2025-07-01,Giải thể`,
    );
    expect(first).toMatchObject({ level: 'district', successor: 'B', retiredOn: '2025-07-01' });
    expect(second).toMatchObject({ level: 'province', successor: null, retiredOn: '2025-07-01' });
  });

  it('that are broken say where and why, and leave the others alone', () => {
    const rows = agencyRows(`${header}\n,A,xã\nB,,xã\nC,C,phường\nD,D,xã\nE,E,xã,,,,7`);
    expect(rows).toEqual([
      { where: 'line 2', code: '', problem: expect.stringContaining('code') },
      { where: 'line 3', code: 'B', problem: expect.stringContaining('name') },
      { where: 'line 4', code: 'C', problem: expect.stringContaining('commune (xã)') },
      { ...whole, where: 'line 5', code: 'D', name: 'D' },
      { where: 'line 6', code: 'E', problem: '7 cells under 6 columns' },
    ]);
    const items = agencyRows('[{"code":1},{"code":"A","name":"A","level":"xã","x":1},null]');
    expect(items.map((row) => 'problem' in row)).toEqual([true, true, true]);
  });

  it.each(['', 'code,name\nA,B', 'code,name,level,phone', 'code,code,name,level', '{}', '[1'])(
    '%j is no file of agencies',
    (content) => {
      expect(() => agencyRows(content)).toThrow(RangeError);
    },
  );

  it('have codes of others beside their own, or none', () => {
    const known = agencyRows(
      'code,name,level,identifier,statisticalCode\n19.01921,A,xã,H55.1.2,01921\nB,B,xã,,\nC,C,xã,55.H,\nD,D,xã,,1921',
    );
    expect(known).toMatchObject([
      { identifier: 'H55.1.2', statisticalCode: '01921' },
      { identifier: null, statisticalCode: null },
      { problem: expect.stringContaining('identifier') },
      { problem: expect.stringContaining('statisticalCode') },
    ]);
  });

  it('of the country since 01/07/2025 are 34 provinces and 3,321 communes', () => {
    const file = readFileSync(new URL('../samples/directory-2025.csv', import.meta.url), 'utf8');
    const rows = agencyRows(file).flatMap((row) => ('problem' in row ? [] : [row]));
    expect(rows).toHaveLength(34 + 3321);
    expect(rows.filter(({ level }) => level === 'province')).toHaveLength(34);
    expect(new Set(rows.map(({ statisticalCode }) => statisticalCode)).size).toBe(rows.length);
    const codes = new Set(rows.map(({ code }) => code));
    const homeless = rows.filter(({ code }) => !codes.has(code.slice(0, 2)));
    expect(homeless).toEqual([]);
    expect(rows).toContainEqual(
      expect.objectContaining({
        ...{ code: '19.01921', name: 'UBND xã Thượng Minh, tỉnh Thái Nguyên' },
        ...{ statisticalCode: '01921', identifier: null },
      }),
    );
  });

  it('with a field longer than the API takes are refused, and lines without an end', () => {
    const [row] = agencyRows(`${header}\nA,${'a'.repeat(201)},xã`);
    expect(row).toMatchObject({ where: 'line 2', problem: expect.stringContaining('name') });
    expect(() => agencyRows(`${header}\nA,${'a'.repeat(70_000)}`)).toThrow(/^line 2: longer than/);
  });

  it('of the sample are all readable', () => {
    const sample = readFileSync(new URL('../samples/agencies.csv', import.meta.url), 'utf8');
    const rows = agencyRows(sample);
    expect(rows).toHaveLength(12);
    expect(rows.filter((row) => 'problem' in row)).toEqual([]);
  });
});
