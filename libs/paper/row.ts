import {
  displayDate,
  entryStateLabels,
  remarksOf,
  type Annotation,
  type Authority,
  type ColumnField,
  type Counted,
  type EntryStateName,
} from '#domain';
import type { Doc } from '#read-store';

/** An annotation, with where in the register's stream it stands. */
export type Annotated = Annotation & { readonly revision: number };

/** A row of the register as it is printed. */
export interface PaperRow {
  readonly bookId: string;
  readonly bookName: string;
  readonly number: number;
  readonly numberText: string;
  readonly dossier: string;
  /** Null of a number whose data is lost. */
  readonly certifiedOn: string | null;
  readonly requester: string;
  readonly documentTitle: string;
  readonly certifierFullName: string;
  readonly certifierTitle: string;
  readonly authority: Authority | null;
  readonly copies: number;
  readonly fee: number;
  readonly pages: number | null;
  readonly proposedFee: number | null;
  /** Null of a number that was given before there were codes. */
  readonly verificationCode: string | null;
  readonly note: string;
  readonly state: EntryStateName;
  readonly annotations: readonly Annotated[];
}

type Columns = Readonly<Record<string, unknown>>;

/** The columns before a correction. */
function undone(columns: Columns, { changes = {} }: Annotated): Columns {
  const before = Object.entries(changes).map(([field, change]) => [field, change?.from]);
  return { ...columns, ...(Object.fromEntries(before) as Columns) };
}

/**
 * A document of the entries' read model as it was at a revision of its register; undefined where the
 * number had not been given. What a correction changed stands beside it, so it can be taken back.
 */
export function rowAsOf(doc: Doc, revision: number): PaperRow | undefined {
  const { assignedRevision } = doc as unknown as { readonly assignedRevision: number };
  if (assignedRevision > revision) return undefined;
  const row = doc as unknown as PaperRow;
  const annotations = row.annotations.filter((one) => one.revision <= revision);
  const later = row.annotations.filter((one) => one.revision > revision);
  const columns = later.reduceRight<Columns>(undone, row as unknown as Columns);
  const state = stateAfter(annotations.at(-1)?.kind);
  return { ...columns, annotations, state } as unknown as PaperRow;
}

/** What a row is after what was done to it last. */
const stateAfter = (kind: Annotation['kind'] | undefined): EntryStateName =>
  kind === 'published' ? 'revoked' : (kind ?? 'assigned');

/** Họ tên, chức danh người ký: `KT. Phó Chủ tịch UBND Nguyễn Văn An` as one text. */
const certifierOf = (row: PaperRow): string =>
  [row.certifierFullName, [row.authority ?? '', row.certifierTitle].filter(Boolean).join(' ')]
    .filter((part) => part !== '')
    .join(', ');

/** What a column shows of a row: a number where it can be summed, a day as `YYYY-MM-DD`. */
export function valueOf(field: ColumnField, row: PaperRow): string | number | null {
  switch (field) {
    case 'certifier':
      return certifierOf(row);
    case 'remarks':
      return remarksOf(row.note, row.annotations);
    case 'numberText':
    case 'certifiedOn':
    case 'requester':
    case 'documentTitle':
    case 'copies':
    case 'pages':
    case 'fee':
    case 'proposedFee':
    case 'dossier':
    case 'verificationCode':
      return row[field];
    default:
      return field satisfies never;
  }
}

/** The row as it stood before each of its corrections, oldest first. */
export function earlierRows(row: PaperRow): readonly PaperRow[] {
  const rows: PaperRow[] = [];
  let columns: Columns = row as unknown as Columns;
  for (const annotation of [...row.annotations].reverse()) {
    if (annotation.kind !== 'corrected') continue;
    columns = undone(columns, annotation);
    rows.unshift(columns as unknown as PaperRow);
  }
  return rows;
}

/** True where the number counts in no sum. */
export const isCounted = (row: PaperRow): boolean => row.state !== 'lost';

/** The row as sums take it. */
export function countedRow(row: PaperRow): Counted {
  const state = row.state === 'voided' || row.state === 'revoked' ? row.state : 'assigned';
  return { ...row, state };
}

/** A change as the list of later ones tells it. */
export interface LaterChange {
  readonly numberText: string;
  readonly day: string;
  readonly text: string;
}

/** What was done to a row behind a revision. */
export const changesBehind = (row: PaperRow, revision: number): readonly LaterChange[] =>
  row.annotations
    .filter((one) => one.revision > revision)
    .map((one) => ({
      numberText: row.numberText,
      day: displayDate(one.at),
      text: remarksOf('', [one]),
    }));

/** What stands in capitals where a row is no longer what it was; empty of one that stands. */
export const markOf = ({ state }: PaperRow): string =>
  state === 'voided' || state === 'revoked' || state === 'lost'
    ? entryStateLabels[state].toLocaleUpperCase('vi')
    : '';
