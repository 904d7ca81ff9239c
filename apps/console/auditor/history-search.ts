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

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = (value: unknown): value is string => typeof value === 'string' && DAY.test(value);
const whole = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0;

export function historySearch(raw: Readonly<Record<string, unknown>>): HistorySearch {
  const { tu, den, viec, so, hoso, trang } = raw;
  return {
    ...(day(tu) && { tu }),
    ...(day(den) && { den }),
    ...(typeof viec === 'string' && { viec }),
    ...(whole(so) && { so }),
    ...(typeof hoso === 'string' && hoso !== '' && { hoso }),
    // A code of digits alone is read as a number.
    ...(whole(hoso) && { hoso: String(hoso) }),
    ...(whole(trang) && { trang }),
  };
}
