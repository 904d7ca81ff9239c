/**
 * Runs TypeScript sources in plain Node, for the child processes and threads of tests and for benches:
 *
 *   node --conditions=source --import ./test/support/run-ts.mjs file.ts
 *
 * `source` makes `#event-store` and its like point at the sources instead of `dist`.
 */
import { readFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import '../../runtime.mjs';
import { compiledFile, KEPT } from './compiled.mjs';

enableCompileCache(join(KEPT, 'v8'));
registerHooks({
  load(url, context, nextLoad) {
    const file = url.split('?', 1)[0];
    if (!file.startsWith('file:') || !file.endsWith('.ts')) return nextLoad(url, context);
    const source = readFileSync(compiledFile(fileURLToPath(file)), 'utf8');
    return { format: 'module', source, shortCircuit: true };
  },
});
process.setSourceMapsEnabled(true);
