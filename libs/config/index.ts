export { createClock } from './clock.ts';
export type { Clock } from './clock.ts';
export {
  agencyPolicy,
  graceMs,
  headCacheBytes,
  InvalidConfig,
  loadConfig,
  runsProjector,
  servesDocs,
  settings,
} from './config.ts';
export type { Config } from './config.ts';
