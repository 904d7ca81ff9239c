import { describe, expect, it } from '@jest/globals';
import {
  shownDay,
  shownInstant,
  shownMinute,
  shownNumber,
  typedDay,
  typedHour,
  typedWhole,
} from './days.ts';

describe('a day', () => {
  it('is shown as dd/MM/yyyy', () => expect(shownDay('2024-05-10')).toBe('10/05/2024'));

  it.each(['10/05/2024', '10/5/2024', '10-05-2024', '10.5.2024', '10052024', ' 10 05 2024 '])(
    'may be typed as %j',
    (text) => expect(typedDay(text)).toBe('2024-05-10'),
  );

  it.each(['', '31/02/2024', '00/01/2024', '10/13/2024', '2024-05-10', 'hôm nay', '1052024'])(
    'is never %j',
    (text) => expect(typedDay(text)).toBeUndefined(),
  );

  it('of a leap year is one', () => expect(typedDay('29/02/2024')).toBe('2024-02-29'));
});

describe('an instant', () => {
  it('is told in the time of Vietnam', () =>
    expect(shownInstant('2024-05-10T18:05:00.000Z')).toBe('11/05/2024 01:05:00'));
});

describe('an hour', () => {
  it('is told without its seconds', () =>
    expect(shownMinute('2024-05-10T18:05:00.000Z')).toBe('11/05/2024 01:05'));

  it.each([
    ['8:05', '08:05'],
    ['08:05', '08:05'],
    ['8h05', '08:05'],
    [' 17h ', '17:00'],
  ])('may be typed as %j', (text, hour) => expect(typedHour(text)).toBe(hour));

  it.each(['', '24:00', '8:60', '8', 'tám giờ', '8:5'])('is never %j', (text) =>
    expect(typedHour(text)).toBeUndefined(),
  );
});

describe('a number', () => {
  it('has dots between thousands', () => expect(shownNumber(1000000)).toBe('1.000.000'));

  it.each(['20000', '20.000', ' 20000 '])('may be typed as %j', (text) =>
    expect(typedWhole(text)).toBe(20000),
  );

  it.each(['', '2.00', '1,5', '-1', '1.0000', 'hai', '1e3'])('is never %j', (text) =>
    expect(typedWhole(text)).toBeUndefined(),
  );
});
