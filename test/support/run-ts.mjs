/**
 * Runs TypeScript sources in plain Node, for the child processes of tests and for benches:
 *
 *   node --conditions=source --import ./test/support/run-ts.mjs file.ts
 *
 * Compiled as in Jest, and each file once: what comes of it is
 * kept by what it was made from. `source` makes `#event-store` and its like point at the sources
 * instead of `dist`.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { enableCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync, version } from '@swc/core';
import '../../runtime.mjs';
import { swcOptions } from './swc.mjs';

const KEPT = fileURLToPath(new URL('../../node_modules/.cache/run-ts', import.meta.url));
const options = { swcrc: false, configFile: false, ...swcOptions };

/** What is kept under that name; several processes may write the same at once. */
function keptOrMade(path, make) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    const made = make();
    const beside = `${path}.${process.pid}`;
    writeFileSync(beside, made);
    renameSync(beside, path);
    return made;
  }
}

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const from = JSON.stringify([version, options, filename, source]);
  const name = `${createHash('sha256').update(from).digest('hex')}.js`;
  return keptOrMade(join(KEPT, name), () => transformSync(source, { ...options, filename }).code);
}

mkdirSync(KEPT, { recursive: true });
enableCompileCache(join(KEPT, 'v8'));
registerHooks({
  load(url, context, nextLoad) {
    const file = url.split('?', 1)[0];
    if (!file.startsWith('file:') || !file.endsWith('.ts')) return nextLoad(url, context);
    return { format: 'module', source: compiled(fileURLToPath(file)), shortCircuit: true };
  },
});
process.setSourceMapsEnabled(true);
