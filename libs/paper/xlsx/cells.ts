import { beginning } from '#domain';
import { styles, type Style } from './parts.ts';

export interface Cell {
  /** A day as `YYYY-MM-DD` where the style is that of dates. */
  readonly value: string | number | null;
  readonly style: Style;
}

export const plain = (value: string): Cell => ({ value, style: styles.plain });
export const title = (value: string): Cell => ({ value, style: styles.title });
export const head = (value: string): Cell => ({ value, style: styles.head });
export const text = (value: string): Cell => ({ value, style: styles.text });
export const count = (value: number): Cell => ({ value, style: styles.number });

const LETTERS = 26;
/** `A`, `B`, … `Z`, `AA`. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % LETTERS));
  return index < LETTERS ? last : columnName(Math.floor(index / LETTERS) - 1) + last;
}

/** What XML 1.0 has no way to write, and what lies in halves: left out. */
const UNWRITABLE = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Excel reads `_x1EA7_` as the character of that code (ECMA-376 22.9.2.19, ST_Xstring). */
const CODED = /_(?=x[0-9A-Fa-f]{4}_)/g;
const escaped = (text: string): string =>
  text
    .replace(UNWRITABLE, '')
    .replace(CODED, '_x005F_')
    .replace(/[&<>]/g, (sign) => escapes[sign] ?? sign);

/** Excel's longest text of a cell, in characters. */
const LONGEST = 32_767;
const DAY_MS = 86_400_000;
/** Excel counts days from here; right from 01/03/1900 on, ECMA-376 18.17.4.1. */
const EPOCH = Date.UTC(1899, 11, 30);

/** A calendar day as Excel's serial number. */
export const serialOf = (day: string): number => (Date.parse(`${day}T00:00:00Z`) - EPOCH) / DAY_MS;

const quoted: { readonly [S in Style]?: Style } = {
  [styles.text]: styles.quoted,
  [styles.struck]: styles.quotedStruck,
};

/** A text beginning so is taken for a formula by whoever copies or edits it: OWASP, CSV injection. */
const FORMULA = /^[=+\-@\t\r]/;

function cellXml({ value, style }: Cell, at: string): string {
  if (value === null || value === '') return `<c r="${at}" s="${style}"/>`;
  if (typeof value === 'number') return `<c r="${at}" s="${style}"><v>${value}</v></c>`;
  if (style === styles.date) return `<c r="${at}" s="${style}"><v>${serialOf(value)}</v></c>`;
  const own = FORMULA.test(value) ? (quoted[style] ?? style) : style;
  const inside = escaped(beginning(value, LONGEST));
  return `<c r="${at}" s="${own}" t="inlineStr"><is><t xml:space="preserve">${inside}</t></is></c>`;
}

/** A row of a sheet; the first is 1. */
export const rowXml = (cells: readonly Cell[], row: number): string =>
  `<row r="${row}">${cells.map((cell, index) => cellXml(cell, `${columnName(index)}${row}`)).join('')}</row>`;
