export { createClock } from './clock.ts';
export type { Clock } from './clock.ts';
export {
  agencyPolicy,
  graceMs,
  InvalidConfig,
  loadConfig,
  runsProjector,
  settings,
} from './config.ts';
export type { Config } from './config.ts';
