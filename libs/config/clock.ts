import type { Config } from './config.ts';

/** The time of day as everything that needs one sees it. */
export interface Clock {
  now(): Date;
}

/** The system's clock, or one that `CLOCK_NOW` has moved or stopped. */
export function createClock(config: Pick<Config, 'CLOCK_NOW' | 'CLOCK_FIXED'>): Clock {
  if (config.CLOCK_NOW === undefined) return { now: () => new Date() };
  const start = Date.parse(config.CLOCK_NOW);
  if (config.CLOCK_FIXED) return { now: () => new Date(start) };
  const shift = start - Date.now();
  return { now: () => new Date(Date.now() + shift) };
}
