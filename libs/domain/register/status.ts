import type { CalendarDate } from '../calendar.ts';
import type { bookStatusLabels } from '../labels.ts';
import type { Book } from './register.ts';

export type BookStatus = keyof typeof bookStatusLabels;

/** Trạng thái as people read it, derived on the day of reading. */
export function bookStatus(
  book: Pick<Book, 'state'> & { readonly openedOn: string; readonly closesOn: string },
  today: CalendarDate,
): BookStatus {
  if (book.state !== 'open') return book.state;
  if (today < book.openedOn) return 'not-yet-open';
  return today > book.closesOn ? 'awaiting-close' : 'open';
}
