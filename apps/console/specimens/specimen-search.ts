/** What of a list of pictures stands in its address: its page, and the window before it. */
export interface SpecimenSearch {
  readonly them?: true;
  readonly sua?: string;
  readonly ngung?: string;
  readonly trang?: number;
}

export function specimenSearch(raw: Readonly<Record<string, unknown>>): SpecimenSearch {
  const { them, sua, ngung, trang } = raw;
  return {
    ...(them === true && { them }),
    ...(typeof sua === 'string' && { sua }),
    ...(typeof ngung === 'string' && { ngung }),
    ...(typeof trang === 'number' && Number.isInteger(trang) && trang > 0 && { trang }),
  };
}
