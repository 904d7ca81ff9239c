import {
  lastDayOf,
  nextBookName,
  nextFirstNumber,
  type CalendarDate,
  type RegisterState,
} from '#domain';
import type { NextBook } from './next-book.dto.ts';

/** What the form for a new book of the year shows before anything is typed. */
export function nextBook(state: RegisterState, year: number, today: CalendarDate): NextBook {
  const [first, last] = [`${year}-01-01`, lastDayOf(year)];
  return {
    name: nextBookName(state, year),
    firstNumber: nextFirstNumber(state),
    openedOn: today < first ? first : today > last ? last : today,
    closesOn: last,
    hints: [
      'Sổ chứng thực được nhảy tự động theo thứ tự trong sổ theo dạng số/ĐT, ví dụ 001/ĐT',
      'Tên sổ chứng thực mặc định có hậu tố: -SCTĐT/BS, người dùng không cần nhập',
    ],
  };
}
