/**
 * The runtime is a dependency like any other: `node_modules/.bin/node`, which npm puts first in the
 * PATH of its scripts. Where its package is missing, scripts fall back on the Node that npm itself
 * runs on, and SQLite's binary brings an older one down without a word: said here instead.
 *
 *   import './runtime.mjs'     ends the process, with the remedy, where this Node is too old
 *   node runtime.mjs --link    after an installation: has npm link the runtime of this platform; npm
 *                              before 11 links it and then removes the link for those of the others
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const MAJOR = 24;
const at = (path) => new URL(path, import.meta.url);
const read = (path) => JSON.parse(readFileSync(at(path), 'utf8'));

/** The package with this platform's runtime, if it was installed. */
const runtime = () =>
  Object.keys(read('package.json').optionalDependencies).find((name) => {
    const manifest = `node_modules/${name}/package.json`;
    if (!name.startsWith('node-') || !existsSync(at(manifest))) return false;
    const { os, cpu } = read(manifest);
    return [os].flat().includes(process.platform) && [cpu].flat().includes(process.arch);
  });

if (process.argv.includes('--link')) {
  const name = runtime();
  const npm = process.env.npm_execpath;
  if (name !== undefined && npm !== undefined && !existsSync(at('node_modules/.bin/node'))) {
    const args = [npm, 'rebuild', '--ignore-scripts', '--silent', name];
    process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
  }
} else if (Number.parseInt(process.versions.node, 10) < MAJOR) {
  console.error(
    `Node ${MAJOR} or later is needed to run, and this is ${process.versions.node}. The package that carries it is not ` +
      `installed for ${process.platform}-${process.arch}: run "npm ci --include=optional"; on a platform that has ` +
      `none (see optionalDependencies in package.json), install Node ${MAJOR} itself.`,
  );
  process.exit(1);
}
