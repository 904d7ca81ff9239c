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

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
const whole = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;

/** Reads an address that anybody may have written. */
export function booksSearch(raw: Readonly<Record<string, unknown>>): BooksSearch {
  const read = {
    them: raw['them'] === true ? (true as const) : undefined,
    sua: text(raw['sua']),
    xoa: text(raw['xoa']),
    trang: whole(raw['trang']),
    xep: text(raw['xep']),
    nam: whole(raw['nam']),
    trangthai: text(raw['trangthai']),
  };
  const said = Object.entries(read).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said);
}
