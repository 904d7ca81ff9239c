import type { CalendarDate } from '../calendar.ts';
import { bookStatusLabels } from '../labels.ts';
import type { BookTotals } from './events.ts';
import type { Book } from './register.ts';
import { bookStatus } from './status.ts';

/** A book's figures as they are shown: which numbers were given is another thing than which it begins with. */
export const shownTotals = ({ firstNumber, lastNumber, ...figures }: BookTotals) => ({
  firstAssigned: firstNumber,
  lastAssigned: lastNumber,
  ...figures,
});

/** A book as it is shown on a day, whoever asks and for whichever moment: nothing of how it is kept. */
export function shownBook({ totals, proposal: _proposal, ...book }: Book, day: CalendarDate) {
  const status = bookStatus(book, day);
  return { ...book, ...shownTotals(totals), status, statusLabel: bookStatusLabels[status] };
}
