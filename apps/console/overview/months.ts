import type { YearFigures } from '#client';
import type { Bar } from '../parts/bar-chart.tsx';

const two = (value: number): string => String(value).padStart(2, '0');

/** The months of a year, those in which nothing was certified too: `2024-05`. */
export const monthsOf = (year: number): readonly string[] =>
  Array.from({ length: 12 }, (_, at) => `${year}-${two(at + 1)}`);

/** The days of a month: `2024-05-01` and on. */
export function daysOf(month: string): readonly string[] {
  const [year = 0, of = 0] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, of, 0)).getUTCDate();
  return Array.from({ length: last }, (_, at) => `${month}-${two(at + 1)}`);
}

/** Numbers given on each day of a month; voided ones were given too. */
export function barsOfDays({ days }: YearFigures, month: string): readonly Bar[] {
  const given = new Map(days.map(({ day, matters, voided }) => [day, matters + voided]));
  return daysOf(month).map((day) => ({
    key: day,
    label: String(Number(day.slice(8))),
    value: given.get(day) ?? 0,
  }));
}

/** One sum of each month. */
export function barsOfMonths({ year, months }: YearFigures, sum: 'copies' | 'fee'): readonly Bar[] {
  const sums = new Map(months.map((one) => [one.month, one[sum]]));
  return monthsOf(year).map((month) => ({
    key: month,
    label: String(Number(month.slice(5))),
    value: sums.get(month) ?? 0,
  }));
}

/** The month to begin with: today's, or the last of a year gone by in which something was certified. */
export function monthToShow({ year, months }: YearFigures, today: string): number {
  if (Number(today.slice(0, 4)) === year) return Number(today.slice(5, 7));
  return Number(months.at(-1)?.month.slice(5) ?? 12);
}

/** So many of so many, in per cent: `2,5%`. */
export const shareOf = (part: number, whole: number): string =>
  new Intl.NumberFormat('vi-VN', { style: 'percent', maximumFractionDigits: 1 }).format(
    whole === 0 ? 0 : part / whole,
  );
