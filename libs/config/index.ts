export { createClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { loadConfig, settings } from './config.ts';
export type { Config } from './config.ts';
export { agencyPolicy, graceMs, headCacheBytes, runsProjector, servesDocs } from './derived.ts';
export { ClockJumped, steadyClock } from './steady-clock.ts';
export { InvalidConfig } from './invalid-config.ts';
export { makePrivate } from './private-file.ts';
export { withoutPasswords } from './without-passwords.ts';
