/**
 * Runs Jest and counts what it reports. A process of Jest's that was brought down by a signal has told
 * nothing of its tests, so their file is run once more, and that is said.
 *
 *   node .ci/suite.mjs <folder> <argument of npm test>…
 *
 * Writes `passed failed` to `<folder>/counts`; everything else goes to standard error.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, ...args] = process.argv.slice(2);
/** How jest-worker says so. */
const BROUGHT_DOWN = 'jest worker process';

function report(given) {
  const file = join(folder, 'report.json');
  writeFileSync(file, '');
  const { status } = spawnSync('npm', ['test', '--', ...given, '--json', `--outputFile=${file}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const text = readFileSync(file, 'utf8');
  if (text === '') return { passed: 0, failed: 1, skipped: 0, broughtDown: [] };
  const told = JSON.parse(text);
  const broughtDown = told.testResults.filter(({ message }) => message.includes(BROUGHT_DOWN));
  const failed = told.numFailedTests + told.numRuntimeErrorTestSuites - broughtDown.length;
  return {
    passed: told.numPassedTests,
    failed: failed === 0 && broughtDown.length === 0 && status !== 0 ? 1 : failed,
    skipped: told.numPendingTests,
    broughtDown: broughtDown.map(({ name }) => name),
  };
}

const first = report(args);
for (const name of first.broughtDown) console.error(`!!! brought down, run once more: ${name}`);
const again =
  first.broughtDown.length > 0 ? report(['--runTestsByPath', ...first.broughtDown]) : undefined;
const sum = (count) => first[count] + (again?.[count] ?? 0);
const failed = sum('failed') + (again?.broughtDown.length ?? 0);
console.error(`${sum('passed')} passed, ${failed} failed, ${sum('skipped')} skipped`);
writeFileSync(join(folder, 'counts'), `${sum('passed')} ${failed}\n`);
