import { daysOfMonth } from './month.ts';
import type { Period } from './figures.ts';

/** A stretch of a year that is reported on. */
export interface ReportPeriod {
  /** Stands in URLs. */
  readonly code: string;
  readonly label: string;
  /** First and last month, 1 … 12; both included. */
  readonly months: readonly [first: number, last: number];
}

const monthly = Array.from({ length: 12 }, (_, index): ReportPeriod => {
  const month = String(index + 1).padStart(2, '0');
  return { code: month, label: `Tháng ${month}`, months: [index + 1, index + 1] };
});

/** Thông tư 03/2019/TT-BTP: what is reported in a year, and each month. A new one is a row here. */
export const reportPeriods: readonly ReportPeriod[] = [
  { code: 'half-year', label: '6 tháng đầu năm', months: [1, 5] },
  { code: 'year', label: 'Năm', months: [1, 10] },
  { code: 'full-year', label: 'Năm chính thức', months: [1, 12] },
  ...monthly,
];

/** First and last day of a period of a year; undefined where either is none. */
export function daysOfPeriod(
  year: string,
  code: string,
): (Period & { readonly label: string }) | undefined {
  const found = reportPeriods.find((one) => one.code === code);
  if (!found) return undefined;
  const [first, last] = found.months.map((month) =>
    daysOfMonth(`${year}-${String(month).padStart(2, '0')}`),
  );
  return first && last && { from: first.from, to: last.to, label: found.label };
}
