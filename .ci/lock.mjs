/**
 * What package-lock.json has to say for an installation by any npm on any supported Node:
 *
 * - npm holds `engines` against the Node that npm runs on, not against the one its scripts run on, and
 *   warns about packages that the pinned runtime satisfies. Everything installed is held against the
 *   pinned runtimes here instead, and what only an installing Node cannot satisfy is left out.
 * - npm before 11 compiles whatever has a `binding.gyp`, though the package says `gypfile: false` because
 *   its binaries come with it; it believes the lock, into which npm does not copy that field.
 *
 *   node .ci/lock.mjs            writes package-lock.json
 *   node .ci/lock.mjs --check    fails where it would write, or a package refuses the runtime
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const semver = createRequire(import.meta.url)('semver');
const root = new URL('..', import.meta.url);
const text = (path) => readFileSync(new URL(path, root), 'utf8');

/** The oldest and a late release of every line of Node that may install. */
const INSTALLING = ['20.19.0', '20.20.2', '22.13.0', '22.23.3', '24.0.0', '24.21.0'];
const runtimes = Object.entries(JSON.parse(text('package.json')).optionalDependencies)
  .filter(([name]) => name.startsWith('node-'))
  .map(([, version]) => version);

const before = text('package-lock.json');
const lock = JSON.parse(before);
const refusals = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  const manifest = `${path}/package.json`;
  if (path === '' || !existsSync(new URL(manifest, root))) continue;
  const { engines, gypfile } = JSON.parse(text(manifest));
  if (gypfile === false) entry.gypfile = false;
  const wanted = engines?.node;
  if (wanted === undefined) continue;
  for (const runtime of entry.optional ? [] : runtimes) {
    if (!semver.satisfies(runtime, wanted))
      refusals.push(`${path} wants Node ${wanted}, not ${runtime}`);
  }
  if (!INSTALLING.every((node) => semver.satisfies(node, wanted))) delete entry.engines;
}

const after = `${JSON.stringify(lock, null, 2)}\n`;
if (refusals.length > 0) {
  console.error(refusals.join('\n'));
  process.exitCode = 1;
} else if (after !== before && process.argv.includes('--check')) {
  console.error('package-lock.json is not as every npm needs it: run "npm run generate"');
  process.exitCode = 1;
} else if (after !== before) {
  writeFileSync(new URL('package-lock.json', root), after);
}
