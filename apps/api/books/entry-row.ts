import {
  displayDate,
  entryStateLabels,
  fieldLabels,
  Refusal,
  shownEntry,
  shownValue,
  vietnameseDate,
  type Changes,
  type Entry,
  type Field,
} from '#domain';
import type { Doc } from '#read-store';
import type { EntryOutcome, EntryRow } from './entry-answers.dto.ts';

/** An entry of the folded register, as commands answer it. */
export function entryFacts(entry: Entry | undefined): EntryOutcome {
  if (!entry) throw new Refusal('ENTRY_NOT_FOUND', { number: 0 });
  return shownEntry(entry);
}

/** A row of the register as it is stored. */
export function entryRowOf({ requesterOrder: _order, ...doc }: Doc): EntryRow {
  const row = doc as unknown as EntryRow;
  const remarks = remarksOf(row.note, row.annotations as Annotation[]);
  return { ...row, stateLabel: entryStateLabels[row.state], remarks };
}

interface Annotation {
  readonly kind: 'corrected' | 'voided' | 'revoked' | 'lost';
  readonly at: string;
  readonly by: string;
  readonly reason: string;
  readonly changes?: Changes<Record<string, string | number | null>>;
  readonly decisionNumber?: string;
  readonly decisionDate?: string;
}

const done = {
  corrected: 'Đính chính',
  voided: 'Hủy số',
  revoked: 'Hủy giá trị pháp lý',
  lost: 'Mất dữ liệu, ghi nhận',
} as const;

/** Ghi chú as the register prints it: the note, then what was done, by whom, when and why. */
function remarksOf(note: string, annotations: readonly Annotation[]): string {
  return [note, ...annotations.map(remark)].filter((text) => text !== '').join(' ');
}

function remark({ kind, at, by, reason, changes = {}, ...decision }: Annotation): string {
  const { decisionNumber, decisionDate = '' } = decision;
  const changed = Object.entries(changes).map(
    ([field, change]) =>
      `${fieldLabels[field as Field]}: ${shownValue(change?.from)} → ${shownValue(change?.to)}`,
  );
  const decided = decisionNumber
    ? [`Quyết định số ${decisionNumber} ngày ${displayDate(decisionDate)}`]
    : [];
  const what = [...decided, ...changed].join('; ');
  const day = displayDate(vietnameseDate(new Date(at)));
  return `${done[kind]} ngày ${day}, ${by}${what === '' ? '' : `: ${what}`} (${reason}).`;
}
