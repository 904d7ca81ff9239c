/**
 * The built service at half of what it can for as long as one likes, then at ten times as many callers
 * as it has answers for, and what it looks like afterwards:
 *
 *   npm run soak -- [--minutes 60] [--overload 3] [--offices 40] [--report docs/soak]
 *
 * Ends with 1 where something grew, a number was lost, doubled or skipped, or it did not recover.
 * An hour at a thousand numbers a second takes some 20 GB of disk.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dashboardExpressions, hasPrometheus, startPrometheus } from '../support/prometheus.ts';
import { openPlace } from './place.ts';
import { runPhases } from './phases.ts';
import { reportOf } from './report.ts';

const options = {
  minutes: { type: 'string', default: '60' },
  overload: { type: 'string', default: '3' },
  offices: { type: 'string', default: '40' },
  report: { type: 'string' },
} as const;
/** Accounts of each office: together they may ask as often as the service can answer. */
const ACCOUNTS = 15;
const SCRAPE_SECONDS = 5;

const { values } = parseArgs({ options });
const minutes = (name: 'minutes' | 'overload'): number => {
  const value = Number(values[name]);
  if (!(value > 0)) throw new RangeError(`--${name} is a number of minutes`);
  return value;
};
const plan = { soakSeconds: minutes('minutes') * 60, overloadSeconds: minutes('overload') * 60 };

const place = await openPlace({ offices: Number(values.offices), accounts: ACCOUNTS });
const prometheus = hasPrometheus()
  ? await startPrometheus({ target: place.metrics, everySeconds: SCRAPE_SECONDS })
  : undefined;
if (!prometheus) console.log('no Prometheus here: the dashboard is not asked for data');
const run = await runPhases(place, plan, (line) => console.log(line));
const unanswered: string[] = [];
for (const [title, expression] of prometheus ? await dashboardExpressions() : []) {
  const found = await prometheus?.range(expression, plan.soakSeconds);
  if (found?.length === 0) unanswered.push(`no data for the panel “${title}”: ${expression}`);
}
await prometheus?.stop();
const { numbers, faults } = await place.close();
const all = [...run.faults, ...faults, ...unanswered];
if (numbers < run.acknowledged) {
  all.push(`${run.acknowledged} numbers were acknowledged, ${numbers} are in the log`);
}
const machine = `Node ${process.version}, ${cpus().length} cores, ${process.platform}`;
const report = await reportOf(run, { machine, numbers, faults: all });
console.log(`\n${report.markdown}`);
if (values.report !== undefined) {
  await mkdir(values.report, { recursive: true });
  for (const [name, text] of [['README.md', report.markdown], ...report.plots] as const) {
    await writeFile(join(values.report, name), text);
  }
}
for (const fault of all) console.error(`!!! ${fault}`);
process.exit(all.length === 0 ? 0 : 1);
