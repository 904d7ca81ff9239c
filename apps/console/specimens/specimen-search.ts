import { said, text, whole, yes } from '../parts/address.ts';

/** What of a list of pictures stands in its address: its page, and the window before it. */
export interface SpecimenSearch {
  readonly them?: true;
  readonly sua?: string;
  readonly ngung?: string;
  readonly trang?: number;
}

/** Reads an address that anybody may have written. */
export function specimenSearch(raw: Readonly<Record<string, unknown>>): SpecimenSearch {
  return said({
    them: yes(raw['them']),
    sua: text(raw['sua']),
    ngung: text(raw['ngung']),
    trang: whole(raw['trang']),
  });
}
