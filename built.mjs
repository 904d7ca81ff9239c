/**
 * Runs what is built, and builds only where a source is newer:
 *
 *   node built.mjs                                     builds, where it has to
 *   node built.mjs dist/apps/ops/main.js …arguments    and runs the program
 *
 * Where there are no sources (an image of the deployment) what is built is run as it is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join, resolve } from 'node:path';

const root = fileURLToPath(new URL('.', import.meta.url));
const STAMP = join(root, 'dist/.built');
const SOURCES = ['apps', 'libs', 'bench', 'package.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Whether something was changed, added or (by its folder) taken away since. */
function isNewer(path, since) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (!found.isDirectory()) return !/\.spec\.ts$/.test(path) && found.mtimeMs > since;
  if (found.mtimeMs > since) return true;
  return readdirSync(path).some((name) => isNewer(join(path, name), since));
}

function build() {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  if (!existsSync(compiler) || !existsSync(join(root, 'tsconfig.build.json'))) return;
  // What changes while it is compiled is newer than what comes of it.
  const began = new Date();
  const args = [compiler, '-p', join(root, 'tsconfig.build.json')];
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(2);
  writeFileSync(STAMP, '');
  utimesSync(STAMP, began, began);
}

const [entry, ...given] = process.argv.slice(2);
const since = statSync(STAMP, { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (SOURCES.some((one) => isNewer(join(root, one), since))) build();
if (entry !== undefined) {
  enableCompileCache?.(join(root, 'node_modules/.cache/compiled'));
  process.argv = [process.argv[0], resolve(root, entry), ...given];
  await import(pathToFileURL(process.argv[1]).href);
}
