import { citation, entryStateLabels, Refusal, type Entry } from '#domain';
import type { Doc } from '#read-store';
import type { EntryFacts, EntryRow, EntryStateName } from './entries.dto.ts';

/** An entry of the folded register, as commands answer it. */
export function entryFacts(entry: Entry | undefined): EntryFacts {
  if (!entry) throw new Refusal('ENTRY_NOT_FOUND', { number: 0 });
  const { corrections, numberFormat: _format, ...facts } = entry;
  const name: EntryStateName =
    entry.state === 'assigned' && corrections > 0 ? 'corrected' : entry.state;
  return {
    ...facts,
    citation: citation(entry.numberText, entry.bookName),
    state: name,
    stateLabel: entryStateLabels[name],
  };
}

/** A row of the register as it is stored. */
export function entryRowOf(doc: Doc): EntryRow {
  const row = doc as unknown as EntryRow;
  return { ...row, stateLabel: entryStateLabels[row.state] };
}
