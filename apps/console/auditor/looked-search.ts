import { said, text, whole } from '../parts/address.ts';

/** What of the records of who looked stands in their address. */
export interface LookedSearch {
  readonly loai?: string;
  readonly trang?: number;
}

/** Reads an address that anybody may have written. */
export function lookedSearch(raw: Readonly<Record<string, unknown>>): LookedSearch {
  return said({
    loai: text(raw['loai']),
    trang: whole(raw['trang']),
  });
}
