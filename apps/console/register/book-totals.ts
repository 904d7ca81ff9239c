import type { BookDetails } from '#client';
import { shownNumber } from '../parts/days.ts';
import type { Words } from '../words/vi.ts';

/** What a book comes to, as it stands or as it was closed. */
export function totalsOf(book: BookDetails, words: Words): readonly (readonly [string, string])[] {
  const labels = words.entries.totals;
  const { firstAssigned, lastAssigned, entries, corrections, voided, revoked, copies, fees } = book;
  return [
    [labels.entries, shownNumber(entries)],
    [labels.numbers, firstAssigned === null ? '–' : `${firstAssigned} – ${lastAssigned}`],
    [labels.copies, shownNumber(copies)],
    [labels.fees, shownNumber(fees)],
    [labels.corrections, shownNumber(corrections)],
    [labels.voided, shownNumber(voided)],
    [labels.revoked, shownNumber(revoked)],
  ];
}
