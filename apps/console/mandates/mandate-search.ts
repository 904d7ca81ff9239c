import { said, text, whole, yes } from '../parts/address.ts';

/** What of the list of mandates stands in its address; what was typed into the search does not. */
export interface MandateSearch {
  readonly trangthai?: string;
  readonly trang?: number;
  readonly them?: true;
  /** The mandate that is ended. */
  readonly chamdut?: string;
}

/** Reads an address that anybody may have written. */
export function mandateSearch(raw: Readonly<Record<string, unknown>>): MandateSearch {
  return said({
    trangthai: text(raw['trangthai']),
    trang: whole(raw['trang']),
    them: yes(raw['them']),
    chamdut: text(raw['chamdut']),
  });
}
