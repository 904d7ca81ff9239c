import { said, text, whole } from '../parts/address.ts';

/** What of the directory of agencies stands in its address; what was typed into the search does not. */
export interface AgencySearch {
  readonly cap?: string;
  readonly trangthai?: string;
  readonly trang?: number;
  /** The agency that is edited. */
  readonly sua?: string;
}

/** Reads an address that anybody may have written. */
export function agencySearch(raw: Readonly<Record<string, unknown>>): AgencySearch {
  return said({
    cap: text(raw['cap']),
    trangthai: text(raw['trangthai']),
    trang: whole(raw['trang']),
    sua: text(raw['sua']),
  });
}
