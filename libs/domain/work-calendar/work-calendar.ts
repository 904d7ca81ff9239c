import { dayAfter, vietnameseDate, yearOf, type CalendarDate } from '../calendar.ts';
import { instantAt } from '../instants.ts';
import { fixedHolidays, knownYears, type WorkYear } from './years.ts';

/** On which days and until when an office works. */
export interface WorkCalendar {
  /** The end of working hours, `HH:mm`: what is due on a day is due then. */
  readonly closes: string;
  readonly years: readonly WorkYear[];
}

/** [D] The law says which day; that it is over when the office closes is ours. */
const CLOSES = '17:00';

/** NĐ 23/2015 Điều 7: what comes in later than this may wait for the next working day. */
export const CUTOFF = '15:00';

export const knownCalendar: WorkCalendar = { closes: CLOSES, years: knownYears };

/** Whether the Government has said which days of the year are worked. */
const isAnnounced = ({ years }: WorkCalendar, day: CalendarDate): boolean =>
  years.some(({ year }) => year === yearOf(day));

/** @param day `YYYY-MM-DD` */
export const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());

export function isWorkingDay({ years }: WorkCalendar, day: CalendarDate): boolean {
  const announced = years.find(({ year }) => year === yearOf(day));
  if (announced?.worked.includes(day)) return true;
  const isHoliday = fixedHolidays.includes(day.slice('YYYY-'.length));
  return !isWeekend(day) && !isHoliday && announced?.off.includes(day) !== true;
}

/** The working day that is so many working days behind a day, which itself need not be one. */
export function workingDayAfter(calendar: WorkCalendar, day: CalendarDate, many = 1): CalendarDate {
  let left = many;
  let next = day;
  while (left > 0) {
    next = dayAfter(next);
    if (isWorkingDay(calendar, next)) left -= 1;
  }
  return next;
}

/** When something has to be given back. */
export interface Due {
  readonly dueAt: Date;
  /** False where a year it was reckoned by is not announced yet: days off may be missing. */
  readonly isKnown: boolean;
}

/**
 * NĐ 23/2015 Điều 7: the day it was received, or the next working day where that was after 15:00. On a
 * day off nobody is there to certify: what comes in then is due on the next working day, too.
 */
export function due(receivedAt: Date, calendar: WorkCalendar): Due {
  const day = vietnameseDate(receivedAt);
  const isInTime = isWorkingDay(calendar, day) && receivedAt <= instantAt(day, CUTOFF);
  const dueOn = isInTime ? day : workingDayAfter(calendar, day);
  return {
    dueAt: instantAt(dueOn, calendar.closes),
    isKnown: isAnnounced(calendar, day) && isAnnounced(calendar, dueOn),
  };
}
