import { isCalendarDate, type CalendarDate } from './calendar.ts';

/** Việt Nam's offset all year: what a date or time without one means. */
const HERE = '+07:00';
const DAY_LENGTH = 'YYYY-MM-DD'.length;
const DAY_MS = 24 * 60 * 60 * 1000;
const HAS_ZONE = /(?:Z|[+-]\d{2}:?\d{2})$/;
const MONTH_DAY =
  '((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-9]))';
const TIME = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?';
const ZONE = '(Z|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])';

/** A day, or a time of one with or without an offset (ISO 8601). */
export const INSTANT = `^[0-9]{4}-${MONTH_DAY}(T${TIME}${ZONE}?)?$`;
const SHAPE = new RegExp(INSTANT);
/** The same with its hour. */
export const HOUR = `^[0-9]{4}-${MONTH_DAY}T${TIME}${ZONE}?$`;

/** The instant it is that time (`HH:mm`) of a day in Việt Nam. */
export const instantAt = (day: CalendarDate, time: string): Date =>
  new Date(`${day}T${time}:00${HERE}`);

/** The first instant a text names: a day's first, a time without an offset in Việt Nam. Undefined where it names none. */
export function firstInstantIn(text: string): Date | undefined {
  if (!SHAPE.test(text) || !isCalendarDate(text.slice(0, DAY_LENGTH))) return undefined;
  const withTime = isCalendarDate(text) ? `${text}T00:00:00` : text;
  const date = new Date(HAS_ZONE.test(withTime) ? withTime : `${withTime}${HERE}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The instant behind a day, or the instant itself. */
export function behindInstantIn(text: string): Date | undefined {
  const date = firstInstantIn(text);
  return date && isCalendarDate(text) ? new Date(date.getTime() + DAY_MS) : date;
}

/** The last instant a text names: a day's last millisecond, or the instant itself. */
export function lastInstantIn(text: string): Date | undefined {
  const behind = behindInstantIn(text);
  return behind && isCalendarDate(text) ? new Date(behind.getTime() - 1) : behind;
}
