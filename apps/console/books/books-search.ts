import { said, text, whole, yes } from '../parts/address.ts';

/** What of the list of books stands in its address: everything but what was typed into the search. */
export interface BooksSearch {
  /** A window: a new book, or the book that is edited or discarded. */
  readonly them?: true;
  readonly sua?: string;
  readonly xoa?: string;
  readonly trang?: number;
  readonly xep?: string;
  readonly nam?: number;
  readonly trangthai?: string;
}

/** Reads an address that anybody may have written. */
export function booksSearch(raw: Readonly<Record<string, unknown>>): BooksSearch {
  return said({
    them: yes(raw['them']),
    sua: text(raw['sua']),
    xoa: text(raw['xoa']),
    trang: whole(raw['trang']),
    xep: text(raw['xep']),
    nam: whole(raw['nam']),
    trangthai: text(raw['trangthai']),
  });
}
