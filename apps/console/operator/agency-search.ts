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
  const texts = (['cap', 'trangthai', 'sua'] as const).filter(
    (name) => typeof raw[name] === 'string' && raw[name] !== '',
  );
  const { trang } = raw;
  return {
    ...Object.fromEntries(texts.map((name) => [name, raw[name]])),
    ...(typeof trang === 'number' && Number.isInteger(trang) && trang > 0 && { trang }),
  };
}
