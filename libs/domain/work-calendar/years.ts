import { daysFrom, type CalendarDate } from '../calendar.ts';

/** A year as the Government has announced it, beside the weekends and the holidays of every year. */
export interface WorkYear {
  readonly year: number;
  /** Days nobody works, those taken in exchange for a Saturday among them. */
  readonly off: readonly string[];
  /** Saturdays and Sundays that are worked in exchange. */
  readonly worked: readonly string[];
}

/** Holidays that stand on the same day every year (Bộ luật Lao động 2019, Điều 112), `MM-DD`. */
export const fixedHolidays: readonly string[] = ['01-01', '04-30', '05-01', '09-02'];

const through = (first: string, last: string): readonly CalendarDate[] =>
  daysFrom(first as CalendarDate, last as CalendarDate);

/**
 * The years that are known; a file (`WORK_CALENDAR`) adds others and replaces these. Ngày Văn hóa Việt
 * Nam (24/11) is not among the days of 2026: the Government has asked for the Labour Code to be changed
 * for it, and that it was is not known to us (docs/decisions/0029-deadlines.md).
 */
export const knownYears: readonly WorkYear[] = [
  {
    year: 2024,
    off: [
      ...through('2024-02-08', '2024-02-14'),
      ...['2024-04-18', '2024-04-29'],
      ...['2024-09-02', '2024-09-03'],
    ],
    worked: ['2024-05-04'],
  },
  {
    year: 2025,
    off: [
      ...through('2025-01-27', '2025-01-31'),
      ...['2025-04-07', '2025-05-02'],
      ...['2025-09-01', '2025-09-02'],
    ],
    worked: ['2025-04-26'],
  },
  {
    year: 2026,
    off: [
      '2026-01-02',
      ...through('2026-02-16', '2026-02-20'),
      '2026-04-27',
      ...through('2026-08-31', '2026-09-02'),
    ],
    worked: ['2026-01-10', '2026-08-22'],
  },
];
