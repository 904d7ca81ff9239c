import { describe, expect, it } from '@jest/globals';
import type { YearFigures } from '#client';
import { barsOfDays, barsOfMonths, daysOf, monthToShow, shareOf } from './months.ts';

const sum = {
  ...{ matters: 3, voided: 1, revoked: 0, copies: 5, fee: 20000 },
  ...{ proposedFee: 0, feesThatDiffer: 0, withoutProposal: 3 },
};
const figures: YearFigures = {
  year: 2024,
  days: [{ day: '2024-02-29', ...sum }],
  months: [{ month: '2024-02', ...sum }],
  total: sum,
  numbers: 4,
  corrections: 1,
};

describe('the figures of a year, as a chart', () => {
  it('has a bar for every day of the month, those without numbers too', () => {
    const bars = barsOfDays(figures, '2024-02');
    expect(bars).toHaveLength(29);
    expect(bars.at(-1)).toEqual({ key: '2024-02-29', label: '29', value: 4 });
    expect(bars[0]?.value).toBe(0);
    expect(daysOf('2023-02')).toHaveLength(28);
  });

  it('has a bar for every month', () => {
    expect(barsOfMonths(figures, 'fee').map(({ value }) => value)).toEqual([
      ...[0, 20000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
  });

  it('begins with the month of today, and of another year with the last that has something', () => {
    expect(monthToShow(figures, '2024-05-10')).toBe(5);
    expect(monthToShow(figures, '2025-05-10')).toBe(2);
    expect(monthToShow({ ...figures, months: [] }, '2025-05-10')).toBe(12);
  });

  it('tells shares as people write them', () => {
    expect(shareOf(1, 40)).toBe('2,5%');
    expect(shareOf(0, 0)).toBe('0%');
  });
});
