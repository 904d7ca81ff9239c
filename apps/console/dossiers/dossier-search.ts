import type { DossierRow } from '#client';

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

/** Reads an address that anybody may have written; a code of digits alone comes as a number. */
export function dossierSearch(raw: Readonly<Record<string, unknown>>): DossierSearch {
  const { them, trang } = raw;
  const texts = (['trangthai', 'hen', 'tra'] as const).filter(
    (name) => ['string', 'number'].includes(typeof raw[name]) && raw[name] !== '',
  );
  return {
    ...Object.fromEntries(texts.map((name) => [name, String(raw[name])])),
    ...(them === true && { them }),
    ...(typeof trang === 'number' && Number.isInteger(trang) && trang > 0 && { trang }),
  };
}
