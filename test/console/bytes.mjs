/**
 * What a browser has to fetch before a screen is there, compressed as it is served, held against the
 * budget of a first load:
 *
 *   npm run check:bytes
 */
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const BUDGET = 250_000;
const folder = fileURLToPath(new URL('../../dist/console/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8'));
const size = (file) => statSync(`${folder}${file}.br`).size;

/** The files of a chunk and of all it imports at once. */
function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return [];
  seen.add(key);
  const { file, css = [], imports = [] } = manifest[key];
  return [file, ...css, ...imports.flatMap((one) => filesOf(one, seen))];
}

const total = (keys) => {
  const files = new Set(keys.flatMap((key) => filesOf(key)));
  return [...files].reduce((sum, file) => sum + size(file), size('index.html'));
};

const chunks = Object.entries(manifest);
const entry = chunks.find(([, { isEntry }]) => isEntry)?.[0];
const pages = chunks.filter(([key]) => /-page\.tsx$/.test(key)).map(([key]) => key);
const loads = [[], ...pages.map((key) => [key])].map((keys) => ({
  load: keys[0] ?? 'the frame alone',
  bytes: total([entry, ...keys]),
}));
for (const { load, bytes } of loads) console.log(`${String(bytes).padStart(8)}  ${load}`);
const most = Math.max(...loads.map(({ bytes }) => bytes));
console.log(`first load: at most ${most} of ${BUDGET} bytes`);
if (pages.length === 0 || most > BUDGET) {
  console.error('the console is beyond its budget');
  process.exitCode = 1;
}
