import {
  formatEntryNumber,
  lastDayOf,
  nextBookName,
  nextFirstNumber,
  registerType,
  type CalendarDate,
  type RegisterKey,
  type RegisterState,
} from '#domain';
import type { NextBook } from './next-book.dto.ts';

/** What the form for a new book of the year shows before anything is typed. */
export function nextBook(
  state: RegisterState,
  { type: code, year }: Pick<RegisterKey, 'type' | 'year'>,
  today: CalendarDate,
): NextBook {
  const type = registerType(code);
  const form = type.numberSuffix === '' ? 'số' : `số/${type.numberSuffix}`;
  const [first, last] = [`${year}-01-01`, lastDayOf(year)];
  return {
    name: nextBookName(state, year),
    firstNumber: nextFirstNumber(state),
    openedOn: today < first ? first : today > last ? last : today,
    closesOn: last,
    hints: [
      `Sổ chứng thực được nhảy tự động theo thứ tự trong sổ theo dạng ${form}, ví dụ ${formatEntryNumber(1, type)}`,
      `Tên sổ chứng thực mặc định có hậu tố: -${type.label}, người dùng không cần nhập`,
    ],
  };
}
