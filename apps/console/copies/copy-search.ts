/** What of the electronic copies stands in the address. */
export interface CopySearch {
  readonly trangthai?: string;
  /** Only of this book. */
  readonly quyen?: string;
  readonly trang?: number;
}

/** Reads an address that anybody may have written. */
export function copySearch(raw: Readonly<Record<string, unknown>>): CopySearch {
  const { trangthai, quyen, trang } = raw;
  return {
    ...(typeof trangthai === 'string' && { trangthai }),
    ...(typeof quyen === 'string' && { quyen }),
    ...(typeof trang === 'number' && Number.isInteger(trang) && trang > 0 && { trang }),
  };
}
