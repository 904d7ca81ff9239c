import { said, text, whole } from '../parts/address.ts';

/** What of the electronic copies stands in the address. */
export interface CopySearch {
  readonly trangthai?: string;
  /** Only of this book. */
  readonly quyen?: string;
  readonly trang?: number;
}

/** Reads an address that anybody may have written. */
export function copySearch(raw: Readonly<Record<string, unknown>>): CopySearch {
  return said({
    trangthai: text(raw['trangthai']),
    quyen: text(raw['quyen']),
    trang: whole(raw['trang']),
  });
}
