import { bookStatus, bookStatusLabels, type BookStatus, type CalendarDate } from '#domain';
import type { Doc, Query } from '#read-store';
import type { BookRow } from './books.dto.ts';

type BookFacts = Omit<BookRow, 'status' | 'statusLabel'> & {
  readonly state: 'open' | 'closed' | 'discarded';
};

/** A row of the list on the day it is read. */
export function bookRow(facts: BookFacts, today: CalendarDate): BookRow {
  const { bookId, agency, type, year, name, firstNumber, openedOn, closesOn, form } = facts;
  const status = bookStatus(facts, today);
  const statusLabel = bookStatusLabels[status];
  const row = { bookId, agency, type, year, name, firstNumber, openedOn, closesOn, form };
  return { ...row, status, statusLabel };
}

export const bookRowOf = (doc: Doc, today: CalendarDate): BookRow =>
  bookRow(doc as unknown as BookFacts, today);

/** The stored fields that make a status, which is derived on reading. */
export function statusFilter(
  status: BookStatus | undefined,
  today: CalendarDate,
): NonNullable<Query['filter']> {
  switch (status) {
    case undefined:
      return { state: { ne: 'discarded' } };
    case 'closed':
    case 'discarded':
      return { state: status };
    case 'not-yet-open':
      return { state: 'open', openedOn: { gt: today } };
    case 'open':
      return { state: 'open', openedOn: { lte: today }, closesOn: { gte: today } };
    case 'awaiting-close':
      return { state: 'open', closesOn: { lt: today } };
    default:
      return status satisfies never;
  }
}
