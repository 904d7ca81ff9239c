import { isCalendarDate, type CalendarDate } from '../calendar.ts';
import type { Period } from './figures.ts';

/** A month as it is written, `2024-05`: a pattern for whoever describes it. */
export const MONTH = '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$';

const SHAPE = new RegExp(MONTH);

/** The fee of a month is remitted by this day of the next. */
const REMITTED_BY = 5;

/** First and last day of a month; undefined where the text is none. */
export function daysOfMonth(month: string): Period | undefined {
  if (!SHAPE.test(month)) return undefined;
  const [year = 0, of = 0] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, of, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, '0')}` };
}

/** The day by which the fees of a month are to be remitted: the 5th of the next. */
export function remittedBy(month: string): CalendarDate {
  const [year = 0, of = 0] = month.split('-').map(Number);
  const day = new Date(Date.UTC(year, of, REMITTED_BY)).toISOString().slice(0, 10);
  if (!isCalendarDate(day)) throw new Error(`${month} is no month`);
  return day;
}
