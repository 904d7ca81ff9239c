import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  kept,
  MOST_LETTERS,
  isFull,
  noLetters,
  NoSuchLetter,
  refusedAgain,
  sent,
  toDrop,
  toRetry,
  type DeadLetter,
} from './letters.ts';
import {
  failed,
  newLine,
  passed,
  pauseMs,
  putAside,
  resumed,
  stood,
  taken,
  verdict,
  waitMs,
  type Line,
  type Patience,
} from './line.ts';

const HOUR = 3_600_000;
const now = new Date('2024-05-10T01:00:00Z');
const later = (ms: number): Date => new Date(now.getTime() + ms);
const patience: Patience = { spanMs: 72 * HOUR, firstPauseMs: 5000, draw: () => 1 };
const tried = (line: Line, at: Date, id = 'e-1') =>
  failed(line, { id, said: '500', revision: 0, now: at }, patience);

describe('a line', () => {
  it('comes as far as what was taken or passed over', () => {
    const line = taken(passed(newLine(null), 'p-1'), 'p-2', now);
    expect(line).toMatchObject({ come: 'p-2', taken: 1, takenAt: now.toISOString() });
    expect(passed(line, 'p-2')).toBe(line);
  });

  it('tries again after pauses that double up to an hour, and never at the same moment as another', () => {
    const pauses = [1, 2, 3, 10, 11, 50].map((tries) => pauseMs(tries, patience));
    expect(pauses).toEqual([5000, 10_000, 20_000, 2_560_000, HOUR, HOUR]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, draw) => {
          const [least, most] = [0, 1].map((all) => pauseMs(n, { ...patience, draw: () => all }));
          const pause = pauseMs(n, { ...patience, draw: () => draw });
          expect(pause >= (least ?? 0) && pause <= (most ?? 0) && (least ?? 0) >= 2500).toBe(true);
        },
      ),
    );
  });

  it('waits as long as its receiver asks it to, but no more than an hour', () => {
    const asked = (afterMs: number) =>
      waitMs(
        failed(newLine(null), { id: 'e-1', said: '429', afterMs, revision: 0, now }, patience),
        now,
        0,
      );
    expect([asked(60_000), asked(10 * HOUR), asked(0)]).toEqual([60_000, HOUR, 5000]);
  });

  it('waits no longer than that whatever becomes of the clock', () => {
    const line = tried(newLine(null), now);
    expect(waitMs(line, later(-1000 * HOUR), 0)).toBe(HOUR);
    expect(waitMs(line, later(1000 * HOUR), 0)).toBe(0);
  });

  it('waits for nothing where what is subscribed to has changed since, and then as before', () => {
    let line = newLine(null);
    for (let tries = 0; tries < 20; tries += 1) line = tried(line, now);
    expect(waitMs(line, now, 1)).toBe(0);
    line = failed(line, { id: 'e-1', said: '500', revision: 1, now }, patience);
    expect(waitMs(line, now, 1)).toBe(HOUR);
  });

  it('waits as it did where it was last tried by a version that does not tell with what', () => {
    const { failing } = tried(newLine(null), now);
    const older = { id: 'e-1', tries: 1, since: '', said: '500', nextAt: failing?.nextAt ?? '' };
    expect(waitMs({ ...newLine(null), failing: older }, now, 7)).toBe(5000);
  });

  it('counts the tries of one event, from the first on', () => {
    const line = tried(tried(newLine(null), now), later(5000));
    expect(line.failing).toMatchObject({ tries: 2, since: now.toISOString() });
    expect(tried(line, later(9000), 'e-2').failing).toMatchObject({ tries: 1 });
  });

  it('has its whole patience with a receiver from the first try that came to it', () => {
    const ours = { id: 'e-1', said: 'no key', revision: 0, isOurs: true };
    let line = newLine(null);
    for (let tries = 0; tries < 9; tries += 1)
      line = failed(line, { ...ours, now: later(tries * HOUR) }, patience);
    expect(line.failing).toMatchObject({ tries: 9, since: now.toISOString() });
    const first = later(96 * HOUR);
    line = tried(line, first);
    expect(line.failing).toMatchObject({ tries: 1, since: first.toISOString() });
    expect(verdict(line, first, patience)).toBe('again');
    line = tried(line, later(97 * HOUR));
    expect(line.failing).toMatchObject({ tries: 2, since: first.toISOString() });
  });

  it('stands still for no tries that came to no receiver', () => {
    const ours = { id: 'e-2', said: 'no key', revision: 0, isOurs: true, now };
    let line = putAside(tried(newLine(null), now), 'p-1');
    for (let tries = 0; tries < 9; tries += 1) line = failed(line, ours, patience);
    expect(verdict(tried(line, now, 'e-2'), now, patience)).toBe('again');
  });

  it('gives an event up when the time is over, and not by the number of tries', () => {
    let line = newLine(null);
    for (let tries = 0; tries < 1000; tries += 1) line = tried(line, now);
    expect(verdict(line, later(72 * HOUR - 1), patience)).toBe('again');
    expect(verdict(line, later(72 * HOUR), patience)).toBe('aside');
  });

  it('stands still where the next event is not taken either: nothing more is put aside', () => {
    let line = putAside(tried(newLine(null), now), 'p-1');
    for (let tries = 1; tries < 5; tries += 1) {
      line = tried(line, later(72 * HOUR), 'e-2');
      expect(verdict(line, later(1000 * HOUR), patience)).toBe('again');
    }
    expect(verdict(tried(line, later(72 * HOUR), 'e-2'), now, patience)).toBe('away');
  });

  it('has its whole patience again once something was taken', () => {
    const line = taken(putAside(tried(newLine(null), now), 'p-1'), 'p-2', now);
    let next = line;
    for (let tries = 0; tries < 10; tries += 1) next = tried(next, now, 'e-3');
    expect(verdict(next, later(HOUR), patience)).toBe('again');
  });

  it('goes on at once when an operator says so, from where it was or from elsewhere', () => {
    const line = stood(tried(taken(newLine(null), 'p-1', now), now), 'gone', '410', now);
    expect(resumed(line)).toMatchObject({ come: 'p-1', failing: null, standing: null });
    expect(resumed(line, null).come).toBeNull();
    expect(resumed(line, 'p-9').come).toBe('p-9');
  });
});

const letter = (id: string): DeadLetter => ({
  ...{ id, place: `p-${id}`, type: 'BookOpened', subject: 'register-x', revision: 0 },
  ...{ tries: 80, at: now.toISOString(), said: '500', retry: null },
});
const decision = { by: 'an', at: now.toISOString(), reason: 'Đã sửa' };

describe('dead letters', () => {
  const three = ['a', 'b', 'c'].map(letter).reduce(kept, noLetters);

  it('are kept once each, in the order they came', () => {
    expect(['a', 'c'].map(letter).reduce(kept, three)).toEqual(three);
    expect(three.waiting.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('are sent again, all or those that are named, and stay where that was in vain', () => {
    const asked = toRetry(three, ['b'], decision);
    expect(asked.waiting.map(({ retry }) => retry)).toEqual([null, decision, null]);
    expect(toRetry(three, [], decision).waiting.every(({ retry }) => retry !== null)).toBe(true);
    expect(refusedAgain(asked, 'b', '503').waiting[1]).toMatchObject({
      ...{ said: '503', tries: 81, retry: null },
    });
    expect(sent(asked, 'b').waiting.map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('are dropped with who said so and why', () => {
    const left = toDrop(three, ['a'], decision);
    expect(left.waiting.map(({ id }) => id)).toEqual(['b', 'c']);
    expect(left.dropped).toEqual([{ ...letter('a'), drop: decision }]);
  });

  it('that are not there are not decided on, nor are those beside them', () => {
    expect(() => toDrop(three, ['a', 'z'], decision)).toThrow(NoSuchLetter);
    expect(() => toRetry(three, ['z'], decision)).toThrow(NoSuchLetter);
  });

  it('are a bounded number, those that were dropped, too', () => {
    const many = Array.from({ length: MOST_LETTERS }, (_, n) => letter(String(n)));
    const full = { waiting: many, dropped: [] };
    expect([isFull(full), isFull(sent(full, '0'))]).toEqual([true, false]);
    expect(toDrop(full, [], decision).dropped.length).toBeLessThan(MOST_LETTERS);
  });
});
