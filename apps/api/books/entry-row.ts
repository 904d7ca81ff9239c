import {
  bookOf,
  citation,
  entryStateLabels,
  Refusal,
  type Entry,
  type RegisterState,
} from '#domain';
import type { Doc } from '#read-store';
import type { EntryFacts, EntryRow, EntryStateName } from './entries.dto.ts';

/** An entry of the folded register, as commands answer it. */
export function entryFacts(state: RegisterState, entry: Entry | undefined): EntryFacts {
  if (!entry) throw new Refusal('ENTRY_NOT_FOUND', { number: 0 });
  const bookName = bookOf(state, entry.bookId)?.name ?? '';
  const name: EntryStateName =
    entry.state === 'assigned' && entry.corrections > 0 ? 'corrected' : entry.state;
  const { corrections: _count, ...facts } = entry;
  return {
    ...facts,
    bookName,
    citation: citation(entry.numberText, bookName),
    state: name,
    stateLabel: entryStateLabels[name],
  };
}

/** A row of the register as it is stored. */
export function entryRowOf(doc: Doc): EntryRow {
  const row = doc as unknown as EntryRow;
  return { ...row, stateLabel: entryStateLabels[row.state] };
}
