import type { BookRow } from '#client';

const tones: Readonly<Record<BookRow['status'], string>> = {
  'not-yet-open': 'chip',
  open: 'chip good',
  'awaiting-close': 'chip warn',
  closed: 'chip',
  discarded: 'chip bad',
};

/** The book's state, as the service calls it. */
export function BookStatusChip({
  book,
}: {
  readonly book: Pick<BookRow, 'status' | 'statusLabel'>;
}) {
  return <span className={tones[book.status]}>{book.statusLabel}</span>;
}
