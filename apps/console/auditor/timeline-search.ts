/** Which stream stands on the screen, after which of its events, and what that is compared with. */
export interface TimelineSearch {
  readonly luong?: string;
  /** A revision. */
  readonly tai?: number;
  /** Another revision, or a day: its end. */
  readonly moc?: number | string;
}

const LONGEST = 300;
const revision = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1_000_000_000;
const day = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

/** Reads an address that anybody may have written. */
export function timelineSearch(raw: Readonly<Record<string, unknown>>): TimelineSearch {
  const { luong, tai, moc } = raw;
  return {
    ...(typeof luong === 'string' && luong.length <= LONGEST && { luong }),
    ...(revision(tai) && { tai }),
    ...((revision(moc) || day(moc)) && { moc }),
  };
}
