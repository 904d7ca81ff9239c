import { describe, expect, it } from '@jest/globals';
import { rowXml, text } from './cells.ts';
import { styles } from './parts.ts';

describe('a cell of the workbook', () => {
  it('says what was recorded, also where that reads like one of Excel’s codes of a character', () => {
    const shown = (given: string) => rowXml([text(given)], 1);
    expect(shown('Tr_x1EA7_n')).toContain('>Tr_x005F_x1EA7_n<');
    expect(shown('_x000A_x000a_')).toContain('>_x005F_x000A_x005F_x000a_<');
    for (const other of ['_x12_', '_y1EA7_', 'a_b_c', '_x1EA7'])
      expect(shown(other)).toContain(`>${other}<`);
  });

  it('is no formula, in a row that was struck out as in any other', () => {
    const styleOf = (value: string, style: (typeof styles)['text' | 'struck']) =>
      /s="(\d+)"/.exec(rowXml([{ value, style }], 1))?.[1];
    expect(styleOf('=1+1', styles.text)).toBe(String(styles.quoted));
    expect(styleOf('=1+1', styles.struck)).toBe(String(styles.quotedStruck));
    expect(styleOf('1+1', styles.struck)).toBe(String(styles.struck));
  });
});
