import { beforeEach, describe, expect, it } from '@jest/globals';
import { ClockJumped, steadyClock } from './steady-clock.ts';

const HOUR = 60 * 60 * 1000;
let wall: number;
let counted: number;
let told: string[];

/** Time goes by; the wall clock goes by so much on top. */
function pass(ms: number, jump = 0): void {
  counted += ms;
  wall += ms + jump;
}

const open = () =>
  steadyClock(
    { now: () => new Date(wall) },
    {
      mostMs: HOUR,
      ticks: () => counted,
      onJump: (byMs, refused) => told.push(`${byMs} ${refused ? 'refused' : 'taken'}`),
    },
  );

beforeEach(() => {
  [wall, counted, told] = [Date.UTC(2024, 4, 10), 0, []];
});

describe('a clock that is recorded by', () => {
  it('takes what a time service puts right, however often, without a word', () => {
    const clock = open();
    for (let step = 0; step < 1000; step += 1) {
      pass(HOUR, -5000);
      expect(clock.now().getTime()).toBe(wall);
    }
    expect(told).toEqual([]);
  });

  it('tells of a jump it takes', () => {
    const clock = open();
    pass(1000, 30_000);
    expect(clock.now().getTime()).toBe(wall);
    pass(1000);
    clock.now();
    expect(told).toEqual(['30000 taken']);
  });

  it.each([62 * 24 * HOUR, -2 * HOUR])(
    'refuses one of %i ms until it is back, told once',
    (jump) => {
      const clock = open();
      pass(1000, jump);
      for (let asked = 0; asked < 5; asked += 1) {
        expect(() => clock.now()).toThrow(ClockJumped);
        pass(1000);
      }
      expect(told).toEqual([`${jump} refused`]);
      pass(1000, -jump);
      expect(clock.now().getTime()).toBe(wall);
    },
  );

  it('that starts behind what was recorded is refused until it is right', () => {
    const clock = open();
    const recorded = new Date(wall + 62 * 24 * HOUR);
    expect(clock.isPast(recorded)).toBe(-62 * 24 * HOUR);
    expect(() => clock.now()).toThrow(/behind what was recorded by/);
    pass(1000, 62 * 24 * HOUR);
    expect(clock.now().getTime()).toBe(wall);
    expect(told).toEqual([`${-62 * 24 * HOUR} refused`]);
  });

  it('that starts a little behind, or long after, is taken', () => {
    const clock = open();
    clock.isPast(new Date(wall + 60_000));
    expect(clock.now().getTime()).toBe(wall);
    expect(clock.isPast(new Date(wall - 400 * 24 * HOUR))).toBe(400 * 24 * HOUR);
    expect(clock.now().getTime()).toBe(wall);
    expect(told).toEqual(['-60000 taken']);
  });

  it('is believed by whoever starts it again', () => {
    open();
    pass(1000, 62 * 24 * HOUR);
    expect(open().now().getTime()).toBe(wall);
  });
});
