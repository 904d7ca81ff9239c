const acts = ['dinh-chinh', 'huy-so', 'huy-gia-tri', 'dong-dau', 'da-ky'] as const;
export type EntryAct = (typeof acts)[number];

/** What of a book's register stands in its address; what was typed into the search does not. */
export interface RegisterSearch {
  readonly capso?: true;
  readonly khoaso?: true;
  /** The number whose window is open, and what is done to it there. */
  readonly so?: number;
  readonly viec?: EntryAct;
  readonly trangthai?: string;
}

export function registerSearch(raw: Readonly<Record<string, unknown>>): RegisterSearch {
  const { capso, khoaso, so, viec, trangthai } = raw;
  const act = acts.find((one) => one === viec);
  return {
    ...(capso === true && { capso }),
    ...(khoaso === true && { khoaso }),
    ...(typeof so === 'number' && Number.isInteger(so) && so > 0 && { so }),
    ...(act !== undefined && { viec: act }),
    ...(typeof trangthai === 'string' && { trangthai }),
  };
}
