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
  const { them, trang } = raw;
  const texts = (['trangthai', 'chamdut'] as const).filter(
    (name) => typeof raw[name] === 'string' && raw[name] !== '',
  );
  return {
    ...Object.fromEntries(texts.map((name) => [name, raw[name]])),
    ...(them === true && { them }),
    ...(typeof trang === 'number' && Number.isInteger(trang) && trang > 0 && { trang }),
  };
}
