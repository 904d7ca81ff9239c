import type { Authority } from './authority.ts';

/** Names and fields below are a storage format for ever, as those of `events.ts`. */

/** The corners of a page that a stamp can stand in. */
export const stampPlaces = ['bottom-right', 'bottom-left', 'top-right', 'top-left'] as const;
export type StampPlace = (typeof stampPlaces)[number];

/** What the stamp of a copy says, as the register had it when the copy was stamped. */
export interface StampFacts {
  readonly numberText: string;
  readonly bookName: string;
  readonly certifiedOn: string;
  readonly certifierFullName: string;
  readonly certifierTitle: string;
  readonly authority: Authority | null;
}

/** The file of an electronic copy with its stamp, as it was given out; it is not kept. */
export interface StampedFile {
  /** Of the scan, as it was sent. */
  readonly sourceSha256: string;
  readonly place: StampPlace;
  /** Which drawing of the stamp it is: the same scan, facts and layout make the same bytes. */
  readonly layout: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly pages: number;
}

/** The file as it came back from signing. */
export interface SignedFile {
  readonly sha256: string;
  readonly bytes: number;
  /** Names in the certificates of its signatures, in their order; whose they are was not looked into. */
  readonly signers: readonly string[];
}

export interface CopyStamped {
  readonly type: 'CopyStamped';
  readonly data: { readonly bookId: string; readonly number: number } & StampFacts & StampedFile;
}
/** Again for each signature that is added. */
export interface CopySigned {
  readonly type: 'CopySigned';
  readonly data: {
    readonly bookId: string;
    readonly number: number;
    /** Of the stamped file it begins with. */
    readonly stampedSha256: string;
  } & SignedFile;
}
export type CopyEvent = CopyStamped | CopySigned;

export const isCopyEvent = (event: { readonly type: string }): event is CopyEvent =>
  event.type === 'CopyStamped' || event.type === 'CopySigned';
