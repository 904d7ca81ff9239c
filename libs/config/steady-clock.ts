import type { Clock } from './clock.ts';

/** The wall clock went by itself, further than may be taken for a correction: nothing is recorded by it. */
export class ClockJumped extends Error {
  override readonly name = 'ClockJumped';
  /** @param byMs how far it stands from where it should be; ahead is positive */
  constructor(readonly byMs: number) {
    super(`the clock has jumped by ${Math.round(byMs / 1000)} s`);
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

/**
 * A clock whose time is recorded for ever, held at each look against one that nobody sets: what is
 * dated months ahead by a moment's mistake stands in the log for good. `now` throws ClockJumped
 * until the wall clock is back, or the process is started again by somebody who has looked at it.
 */
export function steadyClock(
  clock: Clock,
  { mostMs, onJump, ticks = () => performance.now() }: SteadyClockOptions,
): Clock {
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
  };
}
