import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseCsv } from './csv.ts';
import { agencyRows } from './rows.ts';

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
    expect(() => parseCsv(text)).toThrow(/line 2: a quotation mark/);
  });
});

describe('agencies in a file', () => {
  const header = 'code,name,level,successor,retiredOn,reason';
  const whole = {
    code: 'BK-001',
    name: 'UBND xã A',
    level: 'commune',
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

  it('of the sample are all readable', () => {
    const sample = readFileSync(new URL('../samples/agencies.csv', import.meta.url), 'utf8');
    const rows = agencyRows(sample);
    expect(rows).toHaveLength(12);
    expect(rows.filter((row) => 'problem' in row)).toEqual([]);
  });
});
