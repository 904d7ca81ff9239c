import { refuse } from '../refusal.ts';
import { tidy } from '../text.ts';
import type { RegisterType } from './types.ts';

const SHAPE = /^(0[1-9]|[1-9]\d{1,2})\/(20\d{2})$/;
/** Letters that look like Đ (U+0110) and come in by pasting: Ð (eth), Ɖ (African D). */
const LOOKALIKES = /[\u00d0\u0189]/g;

/**
 * The full name of a book, `01/2024-SCTĐT/BS`, from what was typed: `01/2024`, with at most one
 * pasted suffix. Refuses REQUIRED and NAME_FORMAT.
 */
export function bookName(typed: string, type: RegisterType): string {
  const text = tidy(typed).replace(LOOKALIKES, 'Đ');
  if (text === '') return refuse('REQUIRED', { field: 'name' });
  const suffix = `-${type.label}`;
  const short = text.toUpperCase().endsWith(suffix)
    ? text.slice(0, -suffix.length).trimEnd()
    : text;
  if (!SHAPE.test(short)) refuse('NAME_FORMAT', { given: text });
  return `${short}${suffix}`;
}

/** The year a full book name bears. */
export const yearInName = (name: string): number => Number(/\/(20\d{2})/.exec(name)?.[1]);

/** `2024/0001` for `01/2024-…`: book names in the order people count them. */
export function bookNameOrder(name: string): string {
  const [ordinal = '', rest = ''] = name.split('/');
  return `${rest.slice(0, 4)}/${ordinal.padStart(4, '0')}`;
}

/** No register comes near it; what lies beyond would some day stop being counted exactly. */
export const LARGEST_NUMBER = 999_999_999;

/** Which rule `formatEntryNumber` followed; recorded with each number so that replay never renders anew. */
export const NUMBER_FORMAT = 1;

/** `001/ĐT`: at least three digits, `1000/ĐT` after `999/ĐT` (seed: the form số/ĐT); `001` of a type without a suffix. */
export function formatEntryNumber(number: number, { numberSuffix }: RegisterType): string {
  const digits = String(number).padStart(3, '0');
  return numberSuffix === '' ? digits : `${digits}/${numberSuffix}`;
}

/** How a certification is cited. */
export const citation = (numberText: string, book: string): string =>
  `Số chứng thực: ${numberText}; quyển số: ${book}`;
