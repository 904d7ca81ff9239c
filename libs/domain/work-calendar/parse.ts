import { isCalendarDate } from '../calendar.ts';
import { CUTOFF, isWeekend, knownCalendar, type WorkCalendar } from './work-calendar.ts';
import type { WorkYear } from './years.ts';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Tết alone has five days off: a list with fewer was cut short. */
const FEWEST_OFF = 5;
const MOST_DAYS = 60;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

function daysFault(field: string, days: unknown, year: number): string | undefined {
  if (!Array.isArray(days) || days.length > MOST_DAYS)
    return `${field} is no list of up to ${MOST_DAYS} days`;
  const bad = days.find((day) => !isCalendarDate(day) || !day.startsWith(`${year}-`)) as unknown;
  if (bad !== undefined)
    return `${field}: ${JSON.stringify(bad)} is no day of ${year} written YYYY-MM-DD`;
  return new Set(days).size < days.length ? `${field}: a day stands there twice` : undefined;
}

function yearFault(given: unknown): string | undefined {
  if (!isFields(given)) return 'is no object';
  const { year, off, worked, ...others } = given;
  const [other] = Object.keys(others);
  if (other !== undefined) return `field ${JSON.stringify(other)} is none of year, off, worked`;
  if (!Number.isInteger(year) || Number(year) < 2000 || Number(year) > 2999)
    return 'year is no whole number from 2000 to 2999';
  const fault = daysFault('off', off, Number(year)) ?? daysFault('worked', worked, Number(year));
  if (fault !== undefined) return fault;
  const [free, busy] = [off as string[], worked as string[]];
  const weekday = busy.find((day) => !isWeekend(day));
  if (weekday !== undefined) return `worked: ${weekday} is no Saturday or Sunday`;
  const both = busy.find((day) => free.includes(day));
  if (both !== undefined) return `${both} stands in off and in worked`;
  return free.length < FEWEST_OFF
    ? `off has fewer than ${FEWEST_OFF} days, and Tết alone has as many`
    : undefined;
}

function closesFault(closes: unknown): string | undefined {
  const isTime = typeof closes === 'string' && TIME.test(closes) && closes >= CUTOFF;
  return isTime ? undefined : `closes is no time from ${CUTOFF} to 23:59 written HH:mm`;
}

function calendarFault(json: unknown): string | undefined {
  if (!isFields(json)) return 'the calendar is no object';
  const { closes = knownCalendar.closes, years, ...others } = json;
  const [other] = Object.keys(others);
  if (other !== undefined) return `field ${JSON.stringify(other)} is none of closes, years`;
  if (!Array.isArray(years)) return 'years is no list';
  for (const [index, year] of years.entries()) {
    const fault = yearFault(year);
    if (fault !== undefined) return `years[${index}]: ${fault}`;
  }
  const named = (years as WorkYear[]).map(({ year }) => year);
  const twice = named.find((year, index) => named.indexOf(year) !== index);
  return twice === undefined ? closesFault(closes) : `years: ${twice} stands there twice`;
}

/**
 * The known calendar with the years of a file added, or put in the place of those known: `{closes,
 * years: [{year, off, worked}]}`, as JSON has been read. @throws RangeError that says what is wrong where
 */
export function parseCalendar(json: unknown): WorkCalendar {
  const fault = calendarFault(json);
  if (fault !== undefined) throw new RangeError(fault);
  const { closes = knownCalendar.closes, years } = json as Partial<WorkCalendar> &
    Pick<WorkCalendar, 'years'>;
  const kept = knownCalendar.years.filter(({ year }) => !years.some((one) => one.year === year));
  return { closes, years: [...kept, ...years] };
}
