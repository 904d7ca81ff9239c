import { oneOf, said, text, whole, yes } from '../parts/address.ts';

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

/** Reads an address that anybody may have written. */
export function registerSearch(raw: Readonly<Record<string, unknown>>): RegisterSearch {
  return said({
    capso: yes(raw['capso']),
    khoaso: yes(raw['khoaso']),
    so: whole(raw['so']),
    viec: oneOf(acts, raw['viec']),
    trangthai: text(raw['trangthai']),
  });
}
