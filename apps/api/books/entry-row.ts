import {
  entryStateLabels,
  Refusal,
  remarksOf,
  shownEntry,
  type Annotation,
  type Entry,
} from '#domain';
import type { Doc } from '#read-store';
import type { EntryOutcome, EntryRow } from './entry-answers.dto.ts';

/** An entry of the folded register, as commands answer it. */
export function entryFacts(entry: Entry | undefined): EntryOutcome {
  if (!entry) throw new Refusal('ENTRY_NOT_FOUND', { number: 0 });
  return shownEntry(entry);
}

/** A row of the register as it is stored. */
export function entryRowOf({
  requesterOrder: _order,
  assignedRevision: _given,
  ...doc
}: Doc): EntryRow {
  const row = doc as unknown as EntryRow;
  const remarks = remarksOf(row.note, row.annotations as Annotation[]);
  return { ...row, stateLabel: entryStateLabels[row.state], remarks };
}
