import { createClock, type Clock } from './clock.ts';
import type { Config } from './config.ts';

/** What an operator does about a clock that is refused and right. */
export const CLOCK_IS_RIGHT =
  'start again, with a larger CLOCK_JUMP_MINUTES until something is recorded where the last time in the log is the wrong one';

/** The wall clock went by itself, further than may be taken for a correction: nothing is recorded by it. */
export class ClockJumped extends Error {
  override readonly name = 'ClockJumped';
  /** @param byMs how far it stands from where it should be; ahead is positive */
  constructor(readonly byMs: number) {
    const seconds = Math.round(Math.abs(byMs) / 1000);
    super(
      `the clock is ${seconds} s ${byMs > 0 ? 'ahead of' : 'behind'} what was recorded by: correct it, or if it is right ${CLOCK_IS_RIGHT}`,
    );
  }
}

/** What a network time service puts right is smaller, and comes in many small steps. */
const WORTH_TELLING_MS = 10_000;

export interface SteadyClockOptions {
  /** A jump of more is refused; one of less is told and taken. */
  readonly mostMs: number;
  /** Told once of each jump. */
  readonly onJump: (byMs: number, refused: boolean) => void;
  /** Milliseconds of a clock that only counts; nobody sets it. */
  readonly ticks?: () => number;
}

export interface SteadyClock extends Clock {
  /**
   * That this was recorded before now: a clock that says it is still to come has jumped back.
   * @returns how long ago it was, in milliseconds; below 0 when it is still to come
   */
  isPast(recorded: Date): number;
}

/**
 * A clock whose time is recorded for ever, held at each look against one that nobody sets: what is
 * dated months ahead by a moment's mistake stands in the log for good. `now` throws ClockJumped
 * until the wall clock is back, or the process is started again by somebody who has looked at it.
 */
export function steadyClock(
  clock: Clock,
  { mostMs, onJump, ticks = () => performance.now() }: SteadyClockOptions,
): SteadyClock {
  let start = clock.now().getTime() - ticks();
  let isTold = false;
  return {
    now: () => {
      const now = clock.now();
      const byMs = now.getTime() - ticks() - start;
      const refused = Math.abs(byMs) > mostMs;
      if (Math.abs(byMs) > WORTH_TELLING_MS && !(refused && isTold)) onJump(byMs, refused);
      isTold = refused;
      if (refused) throw new ClockJumped(byMs);
      start += byMs;
      return now;
    },
    isPast: (recorded) => {
      const since = clock.now().getTime() - recorded.getTime();
      if (since < 0) start -= since;
      return since;
    },
  };
}

/** What is recorded by, as configured. One that was moved or stopped on purpose is believed. */
export function recordingClock(
  config: Pick<Config, 'CLOCK_NOW' | 'CLOCK_FIXED' | 'CLOCK_JUMP_MINUTES'>,
  onJump: SteadyClockOptions['onJump'],
): SteadyClock {
  const clock = createClock(config);
  if (config.CLOCK_NOW !== undefined) return { ...clock, isPast: () => 0 };
  return steadyClock(clock, { mostMs: config.CLOCK_JUMP_MINUTES * 60_000, onJump });
}
