/**
 * Runs TypeScript sources in plain Node, for the child processes of tests and for benches:
 *
 *   node --conditions=source --import ./test/support/run-ts.mjs file.ts
 *
 * Compiled as in jest.config.js (decorators with metadata). `source` makes `#event-store` and its
 * like point at the sources instead of `dist`.
 */
import { register } from 'node:module';
import '../../runtime.mjs';

register('./run-ts-hooks.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
