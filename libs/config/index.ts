export { createClock } from './clock.ts';
export type { Clock } from './clock.ts';
export { loadConfig, settings } from './config.ts';
export type { Config } from './config.ts';
export {
  agencyPolicy,
  auditKeysPath,
  graceMs,
  headCacheBytes,
  runsProjector,
  servesDocs,
  webhookKeysPath,
} from './derived.ts';
export { CLOCK_IS_RIGHT, ClockJumped, recordingClock, steadyClock } from './steady-clock.ts';
export type { SteadyClock } from './steady-clock.ts';
export { writeFirst } from './first-file.ts';
export { InvalidConfig } from './invalid-config.ts';
export { LONGEST_TIMER_MS } from './longest-timer.ts';
export { makePrivate, writeSynced } from './private-file.ts';
export { maskOutput } from './masked-output.ts';
export { inTemporaryFolder } from './temporary-folder.ts';
