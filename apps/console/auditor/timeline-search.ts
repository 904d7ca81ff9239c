import { day, said, text, whole } from '../parts/address.ts';

/** Which stream stands on the screen, after which of its events, and what that is compared with. */
export interface TimelineSearch {
  readonly luong?: string;
  /** A revision. */
  readonly tai?: number;
  /** Another revision, or a day: its end. */
  readonly moc?: number | string;
}

const LONGEST = 300;

/** Reads an address that anybody may have written. */
export function timelineSearch(raw: Readonly<Record<string, unknown>>): TimelineSearch {
  const stream = text(raw['luong']);
  return said({
    luong: stream !== undefined && stream.length <= LONGEST ? stream : undefined,
    tai: whole(raw['tai'], 0),
    moc: whole(raw['moc'], 0) ?? day(raw['moc']),
  });
}
