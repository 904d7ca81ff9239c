/** A day of the civil calendar, `YYYY-MM-DD`; compares as text. */
export type CalendarDate = string & { readonly __brand: 'CalendarDate' };

const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Strict: `2024-02-30`, `2024-2-3` and anything with a time are no calendar dates. */
export function isCalendarDate(text: unknown): text is CalendarDate {
  const match = typeof text === 'string' ? SHAPE.exec(text) : null;
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  if (year < 1900 || month < 1 || month > 12 || day < 1) return false;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day <= lastDay;
}

export const yearOf = (date: CalendarDate): number => Number(date.slice(0, 4));

/** 31/12 of the year. */
export const lastDayOf = (year: number): CalendarDate => `${year}-12-31` as CalendarDate;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The day behind a day, `YYYY-MM-DD` both. */
export const dayAfter = (date: string): CalendarDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10) as CalendarDate;

/** Every day from the first to the last, both included. */
export function daysFrom(first: CalendarDate, last: CalendarDate): readonly CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let day = first; day <= last; day = dayAfter(day)) days.push(day);
  return days;
}

/** dd/MM/yyyy, as screens, exports and messages show a date. */
export function displayDate(date: string): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** Asia/Ho_Chi_Minh is UTC+7 all year, and has been since 1975. */
const VIETNAM_AHEAD_MS = 7 * 60 * 60 * 1000;

/** The day it is in Việt Nam at an instant. */
export const vietnameseDate = (instant: Date): CalendarDate =>
  new Date(instant.getTime() + VIETNAM_AHEAD_MS).toISOString().slice(0, 10) as CalendarDate;

/** dd/MM/yyyy HH:mm:ss in Việt Nam, as people read an instant. */
export function displayInstant(instant: Date): string {
  const time = new Date(instant.getTime() + VIETNAM_AHEAD_MS).toISOString().slice(11, 19);
  return `${displayDate(vietnameseDate(instant))} ${time}`;
}

/** What a command is told of the time when it is decided. */
export interface Today {
  /** The day it is in Việt Nam. */
  readonly today: CalendarDate;
  /** The day it may already be by the clock of another process. */
  readonly latestToday: CalendarDate;
  readonly now: Date;
}

/** How far the clocks of two machines kept by NTP may be apart, with room to spare, in milliseconds. */
export const CLOCK_SKEW_MS = 2 * 60 * 1000;

export const todayAt = (instant: Date): Today => ({
  today: vietnameseDate(instant),
  latestToday: vietnameseDate(new Date(instant.getTime() + CLOCK_SKEW_MS)),
  now: instant,
});

/** A command that is not told the day yet. */
export type Undated<C> = C extends unknown ? Omit<C, keyof Today> : never;
