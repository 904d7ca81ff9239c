import { nameOf } from '../names.ts';
import type { Ask } from '../register/look-ups.ts';

/**
 * What was printed of an agency's registers. A file that is out is known by its hash for ever: an
 * agency signs its yearly print, and whoever holds one can ask whether it came from here.
 */

/** Names and fields are a storage format for ever. */
export type RegisterExported = {
  readonly type: 'RegisterExported';
  readonly data: {
    readonly exportId: string;
    /** Code of the register's type. */
    readonly registerType: string;
    readonly year: number;
    readonly scope: 'year' | 'book' | 'month';
    /** Of a print of one book. */
    readonly exportedBook: string | null;
    /** Of a print of one month, `2024-05`. */
    readonly month: string | null;
    readonly format: 'pdf' | 'xlsx' | 'csv';
    /** Of the register: what came later is not in it. */
    readonly registerRevision: number;
    /** As it was printed. */
    readonly agencyName: string;
    /** The sealed log as it was printed. */
    readonly checkpoint: {
      readonly origin: string;
      readonly size: number;
      readonly root: string;
    } | null;
    /** Behind which revision changes are listed, and what stood there. */
    readonly since: { readonly revision: number; readonly text: string } | null;
    /** Of the file. */
    readonly sha256: string;
    readonly bytes: number;
    readonly rows: number;
    /** Of a PDF. */
    readonly pages: number | null;
  };
};
export type ExportsEvent = RegisterExported;
export type ExportData = RegisterExported['data'];

/** What a print says that the register at its revision does not tell: fixed by the first of it. */
export type SaidThen = Pick<ExportData, 'agencyName' | 'checkpoint' | 'since'>;

/**
 * After the file is whole. The same export again changes nothing, and one that says otherwise than
 * an earlier print of the same is not recorded: the same moment is the same bytes.
 */
export interface RecordExport {
  readonly type: 'RecordExport';
  readonly exported: ExportData;
}

export interface ExportsState {
  /** The exports that are at hand, in order. */
  readonly known: readonly ExportData[];
}

export const noExports = (): ExportsState => ({ known: [] });

const PREFIX = 'exports-';
export const exportsStream = (agency: string): string => `${PREFIX}${agency}`;

/** The inverse of `exportsStream`; undefined where the stream holds no exports. */
export const exportsAgencyOf = (stream: string): string | undefined =>
  stream.startsWith(PREFIX) ? stream.slice(PREFIX.length) : undefined;

export const recallExport = ({ known }: ExportsState, { data }: ExportsEvent): ExportsState => ({
  known: [...known, data],
});

const keyOf = ({ exportId }: ExportData): string => `export/${exportId}`;
/** The same for all prints that have to be the same bytes. */
const printOf = (data: ExportData): string => {
  const { registerType, year, exportedBook, month, registerRevision, format } = data;
  return nameOf('print', registerType, year, exportedBook ?? month ?? '', registerRevision, format);
};

export const keysOfExportsEvent = ({ data }: ExportsEvent): readonly string[] => [
  keyOf(data),
  printOf(data),
];
export const asksOfExportsCommand = ({ exported }: RecordExport): readonly Ask[] => [
  { key: keyOf(exported) },
  { key: printOf(exported), lastOnly: true },
];
export const asksOfExportsEvent = ({ data }: ExportsEvent): readonly Ask[] => [
  { key: keyOf(data) },
];

/** The last print of the same that is at hand: what this one has to say. */
export const printedBefore = (
  { known }: ExportsState,
  exported: ExportData,
): ExportData | undefined => known.findLast((one) => printOf(one) === printOf(exported));

export const isToldAlike = (one: SaidThen, other: SaidThen): boolean =>
  textOf(one) === textOf(other);

const textOf = ({ agencyName, checkpoint, since }: SaidThen): string => {
  const { origin, size, root } = checkpoint ?? {};
  return JSON.stringify([agencyName, origin, size, root, since?.revision, since?.text]);
};

export function decideExports(
  state: ExportsState,
  { exported }: RecordExport,
): readonly ExportsEvent[] {
  if (state.known.some(({ exportId }) => exportId === exported.exportId)) return [];
  const before = printedBefore(state, exported);
  if (before && !isToldAlike(before, exported)) return [];
  return [{ type: 'RegisterExported', data: exported }];
}
