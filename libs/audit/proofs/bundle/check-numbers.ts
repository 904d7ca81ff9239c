import {
  bookOf,
  type Book,
  type BookTotals,
  type EntryNumberAssigned,
  type NumbersLost,
  type RegisterHead,
} from '#domain';
import type { Report } from './report.ts';

/** That a number is the next one, of no earlier day than the one before, in a register that gives them. */
export function requireNext(
  head: RegisterHead,
  { number, bookId, certifiedOn }: EntryNumberAssigned['data'],
  report: Report,
): void {
  const { lastNumber, lastEntryOn, paused } = head;
  const expected = (lastNumber ?? (bookOf(head, bookId)?.firstNumber ?? 1) - 1) + 1;
  if (number !== expected) report('NUMBER', { number, expected });
  if (paused) report('PAUSED', { number });
  if (lastEntryOn !== null && certifiedOn < lastEntryOn)
    report('DATE_ORDER', { number, date: certifiedOn, before: lastEntryOn });
}

/** That what was lost begins behind the last number. */
export function requireLostNext(
  { lastNumber }: RegisterHead,
  { from }: NumbersLost['data'],
  report: Report,
): void {
  if (lastNumber !== null && from !== lastNumber + 1)
    report('NUMBER', { number: from, expected: lastNumber + 1 });
}

/** That a book is closed with the totals its entries make. */
export function requireTotals(book: Book, totals: BookTotals, report: Report): void {
  const told = totals as unknown as Readonly<Record<string, unknown>>;
  const differs = Object.entries(book.totals).some(([field, value]) => told[field] !== value);
  if (differs) report('TOTALS', { book: book.name });
}
