/**
 * Runs what is built, and builds only where a source is newer:
 *
 *   node built.mjs                                     builds, where it has to, the console too
 *   node built.mjs --console                           builds the console alone
 *   node built.mjs dist/apps/ops/main.js …arguments    and runs the program
 *
 * Where there are no sources (an image of the deployment) what is built is run as it is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import * as modules from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { join, resolve } from 'node:path';

const root = fileURLToPath(new URL('.', import.meta.url));
const CONSOLE = 'apps/console';
const PROGRAMS = {
  stamp: 'dist/.built',
  sources: ['apps', 'libs', 'bench', 'package.json', 'tsconfig.json', 'tsconfig.build.json'],
  except: CONSOLE,
  builder: 'node_modules/typescript/bin/tsc',
  args: ['-p', 'tsconfig.build.json'],
  config: 'tsconfig.build.json',
};
const PAGES = {
  stamp: 'dist/console/.built',
  sources: [CONSOLE, 'libs/client', 'package-lock.json', 'tsconfig.json'],
  builder: 'node_modules/vite/bin/vite.js',
  args: ['build', '--config', `${CONSOLE}/vite.config.js`, '--logLevel', 'warn'],
  config: `${CONSOLE}/vite.config.js`,
};

/** Whether something was changed, added or (by its folder) taken away since. */
function isNewer(path, since, except) {
  if (except !== undefined && path === join(root, except)) return false;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (!found.isDirectory()) return !/\.spec\.tsx?$/.test(path) && found.mtimeMs > since;
  if (found.mtimeMs > since) return true;
  return readdirSync(path).some((name) => isNewer(join(path, name), since, except));
}

/** Builds one kind where a source of it is newer, and there is something to build it with. */
function build({ stamp, sources, except, builder, args, config }) {
  const file = join(root, stamp);
  const since = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (!sources.some((one) => isNewer(join(root, one), since, except))) return;
  if (![builder, config].every((one) => existsSync(join(root, one)))) return;
  // What changes while it is built is newer than what comes of it.
  const began = new Date();
  const command = [join(root, builder), ...args];
  // Whoever asks, a test say: what is built is what is shipped.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status } = spawnSync(process.execPath, command, {
    cwd: root,
    env,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) process.exit(2);
  writeFileSync(file, '');
  utimesSync(file, began, began);
}

const [entry, ...given] = process.argv.slice(2);
if (entry !== '--console') build(PROGRAMS);
if (entry === undefined || entry === '--console') build(PAGES);
else {
  modules.enableCompileCache?.(join(root, 'node_modules/.cache/compiled'));
  process.argv = [process.argv[0], resolve(root, entry), ...given];
  await import(pathToFileURL(process.argv[1]).href);
}
