import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { displayDate, isCalendarDate, vietnameseDate } from './calendar.ts';

describe('the calendar', () => {
  it('knows the day in Việt Nam, which begins seven hours before UTC’s', () => {
    expect(vietnameseDate(new Date('2024-05-09T16:59:59.999Z'))).toBe('2024-05-09');
    expect(vietnameseDate(new Date('2024-05-09T17:00:00.000Z'))).toBe('2024-05-10');
  });

  it('agrees with the time zone database at any instant of this century', () => {
    const zone = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });
    const min = new Date('2000-01-01T00:00:00Z');
    const max = new Date('2099-12-31T00:00:00Z');
    fc.assert(
      fc.property(fc.date({ min, max, noInvalidDate: true }), (instant) => {
        expect(vietnameseDate(instant)).toBe(zone.format(instant));
      }),
    );
  });

  it('takes just the days there are', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (day) => {
          expect(isCalendarDate(day.toISOString().slice(0, 10))).toBe(true);
        },
      ),
    );
    for (const text of [
      '2023-02-29',
      '2024-04-31',
      '2024-00-10',
      '2024-01-00',
      '0001-01-01',
      '',
      null,
    ]) {
      expect(isCalendarDate(text)).toBe(false);
    }
  });

  it('shows days as dd/MM/yyyy', () => {
    expect(displayDate('2024-05-10')).toBe('10/05/2024');
  });
});
