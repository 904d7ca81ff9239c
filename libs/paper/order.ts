import type { Book, FormLayout, RegisterKey } from '#domain';

export const formats = ['pdf', 'xlsx', 'csv'] as const;
export type Format = (typeof formats)[number];

export const mediaTypes: Readonly<Record<Format, string>> = {
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** What of a register is printed. */
export type Scope =
  | { readonly kind: 'year' }
  | { readonly kind: 'book'; readonly bookId: string }
  | {
      readonly kind: 'month';
      /** `2024-05` */
      readonly month: string;
    };

/** The sealed log as it stood: what the print can later be held against. */
export interface PrintedCheckpoint {
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
}

/** Changes behind this revision are listed at the end. */
export interface Since {
  readonly revision: number;
  /** What stood at that moment: `khi khóa sổ …`, `lần in …`. */
  readonly text: string;
}

/** The seal the last book was closed with, at the version it had then. */
export interface PrintedSeal {
  readonly version: number;
  /** Of the original. */
  readonly sha256: string;
  /** Drawn anew from it: the same for ever. */
  readonly png: Uint8Array;
}

/** Everything that a print says beside its rows: the same order and rows make the same bytes. */
export interface PrintOrder {
  readonly agency: { readonly code: string; readonly name: string };
  readonly register: RegisterKey;
  readonly scope: Scope;
  /** Those printed, in the order of opening, as they stood at the revision. */
  readonly books: readonly Book[];
  readonly layout: FormLayout;
  /** Of the register: what came later is not printed. */
  readonly revision: number;
  /** When the event at the revision was recorded, ISO 8601. */
  readonly at: string;
  readonly checkpoint: PrintedCheckpoint | null;
  readonly since: Since | null;
  /** Null where there is none, or its picture is not at hand: its room is left. */
  readonly seal: PrintedSeal | null;
}
