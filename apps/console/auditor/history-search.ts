import { day, said, text, whole } from '../parts/address.ts';

/** What of the history stands in its address. Accounts are typed, and stay out of it. */
export interface HistorySearch {
  readonly tu?: string;
  readonly den?: string;
  readonly viec?: string;
  readonly so?: number;
  /** Mã hồ sơ. */
  readonly hoso?: string;
  readonly trang?: number;
}

/** Reads an address that anybody may have written. */
export function historySearch(raw: Readonly<Record<string, unknown>>): HistorySearch {
  return said({
    tu: day(raw['tu']),
    den: day(raw['den']),
    viec: text(raw['viec']),
    so: whole(raw['so']),
    hoso: text(raw['hoso']),
    trang: whole(raw['trang']),
  });
}
