import type { DossierRow } from '#client';
import { said, text, whole, yes } from '../parts/address.ts';

/** What the list is narrowed to where nothing else is said: what is still to be done. */
export const OPEN = 'open';
export type DossierFilter = DossierRow['status'] | typeof OPEN;

/** What of the list of dossiers stands in its address; what was typed into the search does not. */
export interface DossierSearch {
  /** `tatca`: whatever their state. */
  readonly trangthai?: string;
  readonly trang?: number;
  readonly them?: true;
  /** The dossier that is promised for later. */
  readonly hen?: string;
  /** The dossier that is given back. */
  readonly tra?: string;
}

/** Reads an address that anybody may have written. */
export function dossierSearch(raw: Readonly<Record<string, unknown>>): DossierSearch {
  return said({
    trangthai: text(raw['trangthai']),
    trang: whole(raw['trang']),
    them: yes(raw['them']),
    hen: text(raw['hen']),
    tra: text(raw['tra']),
  });
}
