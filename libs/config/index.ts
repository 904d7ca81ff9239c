export { InvalidConfig, loadConfig, runsProjector, settings } from './config.ts';
export type { Config } from './config.ts';
