import type { Entry } from './entry.ts';
import type { BookTotals } from './events.ts';
import type { Book, RegisterHead, RegisterState } from './register.ts';

/** What evolving a register is made of. */

export const noTotals: BookTotals = {
  firstNumber: null,
  lastNumber: null,
  entries: 0,
  voided: 0,
  revoked: 0,
  lost: 0,
  copies: 0,
  fees: 0,
};

export function withBook(
  head: RegisterHead,
  bookId: string,
  change: (book: Book) => Book,
): readonly Book[] {
  return head.books.map((book) => (book.bookId === bookId ? change(book) : book));
}

export function withTotals(book: Book, change: (totals: BookTotals) => Partial<BookTotals>): Book {
  return { ...book, totals: { ...book.totals, ...change(book.totals) } };
}

/** The head's own fields with the changes: nothing of the entries at hand comes along. */
export function only(head: RegisterHead, changes: Partial<RegisterHead>): RegisterHead {
  const { books, lastNumber, lastEntryOn, paused, lost } = head;
  return { books, lastNumber, lastEntryOn, paused, lost, ...changes };
}

/** @throws Error when the log names an entry it never assigned: the log is damaged. */
export function requireAssigned({ lastNumber }: RegisterHead, number: number): void {
  if (number > (lastNumber ?? 0)) throw new Error(`entry ${number} was never assigned`);
}

export function withEntry(
  state: RegisterState,
  number: number,
  change: (entry: Entry) => Entry,
): RegisterState {
  const entry = state.entries.get(number);
  return entry ? { ...state, entries: state.entries.with(number, change(entry)) } : state;
}
