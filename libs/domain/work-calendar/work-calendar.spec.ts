import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { vietnameseDate, type CalendarDate } from '../calendar.ts';
import { parseCalendar } from './parse.ts';
import { due, isWorkingDay, knownCalendar, workingDayAfter } from './work-calendar.ts';

const dueOf = (receivedAt: string) => {
  const { dueAt, isKnown } = due(new Date(`${receivedAt}+07:00`), knownCalendar);
  return { on: vietnameseDate(dueAt), at: dueAt.toISOString().slice(11, 19), isKnown };
};

describe('when a dossier is due (NĐ 23/2015 Điều 7)', () => {
  it.each([
    ['on a working day at 15:00:00', '2026-05-07T15:00:00', '2026-05-07'],
    ['a second later', '2026-05-07T15:00:01', '2026-05-08'],
    ['before the office opens', '2026-05-07T00:00:00', '2026-05-07'],
    ['on a Friday evening', '2026-05-08T18:30:00', '2026-05-11'],
    ['on a Saturday morning', '2026-05-09T09:00:00', '2026-05-11'],
    ['on the eve of Tết in time', '2026-02-13T15:00:00', '2026-02-13'],
    ['on the eve of Tết after 15:00', '2026-02-13T15:00:01', '2026-02-23'],
    ['in Tết', '2025-01-28T10:00:00', '2025-02-03'],
    ['on a Saturday that is worked', '2026-08-22T10:00:00', '2026-08-22'],
    ['on the eve of a Saturday that is worked', '2026-08-21T16:00:00', '2026-08-22'],
    ['on a Monday off for it', '2026-08-31T10:00:00', '2026-09-03'],
    ['on the day behind a holiday that fell on a Sunday', '2026-04-27T10:00:00', '2026-04-28'],
    ['on New Year', '2025-01-01T08:00:00', '2025-01-02'],
    ['on the last day of a year after 15:00', '2024-12-31T15:00:01', '2025-01-02'],
    ['before 2026, which begins with a day off in exchange', '2025-12-31T16:00:00', '2026-01-05'],
  ])('received %s', (_when, receivedAt, on) => {
    expect(dueOf(receivedAt)).toEqual({ on, at: '10:00:00', isKnown: true });
  });

  it('is reckoned by weekends and fixed days in a year that is not announced, and says so', () => {
    expect(dueOf('2030-04-29T16:00:00')).toEqual({
      on: '2030-05-02',
      at: '10:00:00',
      isKnown: false,
    });
    expect(dueOf('2026-12-31T14:00:00')).toMatchObject({ on: '2026-12-31', isKnown: true });
    expect(dueOf('2026-12-31T16:00:00')).toMatchObject({ on: '2027-01-04', isKnown: false });
  });

  const instants = fc.date({
    min: new Date('2023-12-01T00:00:00Z'),
    max: new Date('2028-02-01T00:00:00Z'),
    noInvalidDate: true,
  });

  it('is never before it was received, always on a working day, and no earlier for what comes later', () => {
    fc.assert(
      fc.property(instants, instants, (one, other) => {
        const [first, second] = one <= other ? [one, other] : [other, one];
        const [a, b] = [due(first, knownCalendar).dueAt, due(second, knownCalendar).dueAt];
        expect(a.getTime()).toBeGreaterThanOrEqual(first.getTime());
        expect(isWorkingDay(knownCalendar, vietnameseDate(a))).toBe(true);
        expect(a.getTime()).toBeLessThanOrEqual(b.getTime());
      }),
      { numRuns: 2000 },
    );
  });

  it('counts working days one after another', () => {
    const day = '2026-05-07' as CalendarDate;
    const all = [1, 2, 3].map((many) => workingDayAfter(knownCalendar, day, many));
    expect(all).toEqual(['2026-05-08', '2026-05-11', '2026-05-12']);
  });
});

const tet = ['2027-02-05', '2027-02-08', '2027-02-09', '2027-02-10', '2027-02-11'];
const of2027 = { year: 2027, off: tet, worked: [] };
const day = (text: string) => text as CalendarDate;

describe('a calendar from a file', () => {
  it('adds a year, and leaves those that are known', () => {
    const calendar = parseCalendar({ years: [of2027] });
    expect(isWorkingDay(calendar, day('2027-02-08'))).toBe(false);
    expect(isWorkingDay(calendar, day('2026-02-16'))).toBe(false);
    const asked = due(new Date('2027-02-04T16:00:00+07:00'), calendar);
    expect(asked).toEqual({ dueAt: new Date('2027-02-12T17:00:00+07:00'), isKnown: true });
  });

  it('takes the place of a year that is known, and says when the office closes', () => {
    const off = ['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-11-24'];
    const calendar = parseCalendar({ closes: '16:30', years: [{ year: 2026, off, worked: [] }] });
    expect(isWorkingDay(calendar, day('2026-11-24'))).toBe(false);
    expect(isWorkingDay(calendar, day('2026-02-20'))).toBe(true);
    expect(due(new Date('2026-05-07T15:00:00+07:00'), calendar).dueAt).toEqual(
      new Date('2026-05-07T16:30:00+07:00'),
    );
  });

  it.each<[string, unknown, RegExp]>([
    ['is no object', [], /no object/],
    ['has no years', {}, /years is no list/],
    ['has a field nobody knows', { years: [], year: 1 }, /"year" is none/],
    ['closes before 15:00', { closes: '14:00', years: [] }, /closes is no time/],
    ['names a year twice', { years: [of2027, of2027] }, /2027 stands there twice/],
    ['has a year that is none', { years: [{ ...of2027, year: '2027' }] }, /years\[0\]: year/],
    ['has a day of another year', { years: [{ ...of2027, year: 2028 }] }, /no day of 2028/],
    ['has a day that is none', { years: [{ ...of2027, off: ['2027-02-30'] }] }, /2027-02-30/],
    ['was cut short', { years: [{ ...of2027, off: tet.slice(0, 3) }] }, /fewer than 5/],
    ['leaves out what is worked', { years: [{ year: 2027, off: tet }] }, /worked is no list/],
    ['works on a Monday', { years: [{ ...of2027, worked: ['2027-03-01'] }] }, /no Saturday/],
    [
      'has a day off and worked',
      {
        years: [{ ...of2027, off: [...tet, '2027-02-13'], worked: ['2027-02-13'] }],
      },
      /in off and in worked/,
    ],
  ])('that %s is refused, and told why', (_what, json, why) => {
    expect(() => parseCalendar(json)).toThrow(RangeError);
    expect(() => parseCalendar(json)).toThrow(why);
  });
});
