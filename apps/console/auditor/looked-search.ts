/** What of the records of who looked stands in their address. */
export interface LookedSearch {
  readonly loai?: string;
  readonly trang?: number;
}

/** Reads an address that anybody may have written. */
export function lookedSearch(raw: Readonly<Record<string, unknown>>): LookedSearch {
  const { loai, trang } = raw;
  return {
    ...(typeof loai === 'string' && loai !== '' && { loai }),
    ...(typeof trang === 'number' && Number.isInteger(trang) && trang > 0 && { trang }),
  };
}
