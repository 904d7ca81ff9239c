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

/** After the file is whole. The same export again changes nothing. */
export interface RecordExport {
  readonly type: 'RecordExport';
  readonly exported: ExportData;
}

export interface ExportsState {
  /** Ids of the exports that are at hand. */
  readonly known: readonly string[];
}

export const noExports = (): ExportsState => ({ known: [] });

const PREFIX = 'exports-';
export const exportsStream = (agency: string): string => `${PREFIX}${agency}`;

/** The inverse of `exportsStream`; undefined where the stream holds no exports. */
export const exportsAgencyOf = (stream: string): string | undefined =>
  stream.startsWith(PREFIX) ? stream.slice(PREFIX.length) : undefined;

export const recallExport = ({ known }: ExportsState, { data }: ExportsEvent): ExportsState => ({
  known: [...known, data.exportId],
});

const keyOf = (exportId: string): string => `export/${exportId}`;
export const keysOfExportsEvent = ({ data }: ExportsEvent): readonly string[] => [
  keyOf(data.exportId),
];
export const asksOfExportsCommand = ({ exported }: RecordExport): readonly Ask[] => [
  { key: keyOf(exported.exportId) },
];

export const decideExports = (
  { known }: ExportsState,
  { exported }: RecordExport,
): readonly ExportsEvent[] =>
  known.includes(exported.exportId) ? [] : [{ type: 'RegisterExported', data: exported }];
