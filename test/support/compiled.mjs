/**
 * TypeScript sources compiled as in Jest, each once: what comes of a file is kept by what it was
 * made from.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { swcOptions } from './swc.mjs';

const require = createRequire(import.meta.url);
const { version } = require('@swc/core/package.json');
export const KEPT = fileURLToPath(new URL('../../node_modules/.cache/run-ts', import.meta.url));
const COMPILE_ALL = fileURLToPath(new URL('./compile-all.mjs', import.meta.url));
const options = { swcrc: false, configFile: false, ...swcOptions };

mkdirSync(KEPT, { recursive: true });

/** Several processes may write the same at once. */
function make(path, source, filename) {
  const { code } = require('@swc/core').transformSync(source, { ...options, filename });
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, code);
  renameSync(beside, path);
}

/** The compiler brings a process down whose second thread loads it, so a thread has another process compile. */
const makeElsewhere = () =>
  spawnSync(process.execPath, [COMPILE_ALL], { stdio: ['ignore', 'ignore', 'inherit'] });

/** Where what the file is compiled to is kept. */
export function compiledFile(filename) {
  const source = readFileSync(filename, 'utf8');
  const from = JSON.stringify([version, options, filename, source]);
  const path = join(KEPT, `${createHash('sha256').update(from).digest('hex')}.js`);
  if (!existsSync(path)) {
    if (isMainThread) make(path, source, filename);
    else makeElsewhere();
  }
  return path;
}
