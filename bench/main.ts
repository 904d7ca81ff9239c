import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { benchAgainst } from './against.ts';
import { benchAudit } from './audit.ts';
import { benchCold } from './cold.ts';
import { benchCurves, type Curve } from './curves.ts';
import { benchFairness } from './fairness.ts';
import { benchFilling } from './filling.ts';
import { benchHttp } from './http.ts';
import { benchLists } from './lists.ts';
import { writePage } from './page.ts';
import { benchPeers } from './peers.ts';
import { benchMemory, benchRebuild } from './rebuild.ts';
import { benchRegisters } from './registers.ts';
import { print, printHead, type Figure } from './report.ts';
import { benchScale } from './scale.ts';
import { benchScreens } from './screens.ts';

interface Options {
  readonly events: string;
  readonly entries: string;
  readonly offices: string;
  readonly each: string;
  readonly listed: string;
  readonly turns: string;
  readonly seconds: string;
  readonly rounds: string;
  readonly communes: string;
  readonly largest: string;
  readonly report?: string | true;
  readonly only?: string;
  readonly against?: string;
  readonly json?: boolean;
}

const parts = [
  'rebuild',
  'filling',
  'memory',
  'cold',
  'registers',
  'lists',
  'fairness',
  'audit',
  'http',
  'peers',
  'screens',
];
/** These are measured where they are asked for: they take their time. */
const longParts = ['curves', 'scale'];
const REPORT = 'docs/bench';
const program = new Command('bench')
  .description('Ratios measured side by side in one run; docs/bench says what each means.')
  .option('--events <n>', 'events of the log that is rebuilt from', '200000')
  .option('--entries <n>', 'entries of the register that is opened cold', '100000')
  .option('--offices <n>', 'registers that take their turns', '1000')
  .option('--each <n>', 'events of each of these', '140')
  .option('--listed <n>', 'numbers of the book whose lists are asked', '1000000')
  .option('--turns <n>', 'how often each list is asked', '1000')
  .option('--seconds <n>', 'length of each HTTP run', '5')
  .option('--rounds <n>', 'how often each is measured; the median counts', '3')
  .option('--communes <n>', 'communes whose ten years are written (scale); 33 are 1 %', '33')
  .option('--largest <n>', 'events of the largest log that is rebuilt from (curves)', '1000000')
  .addOption(new Option('--only <part>', 'one part alone').choices([...parts, ...longParts]))
  .option('--report [folder]', `the figures as a page, and curves beside them (${REPORT})`)
  .option('--against <commit>', 'every ratio over that of another version, run in turn')
  .option('--json', 'one JSON array for machines')
  .parse();
const options = program.opts<Options>();

type Numbered = Exclude<keyof Options, 'only' | 'against' | 'json' | 'report'>;

/** @throws RangeError for what is no whole number of at least `least` */
function whole(name: Numbered, least: number): number {
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`--${name} is a whole number, at least ${least}`);
  }
  return value;
}

const events = whole('events', 2000);
const entries = whole('entries', 100);
const offices = whole('offices', 8);
const each = whole('each', 10);
const listed = whole('listed', 1000);
const turns = whole('turns', 100);
const rounds = whole('rounds', 1);
const seconds = whole('seconds', 1);
const largest = whole('largest', 10_000);
const communes = whole('communes', 10);
if (options.only === 'curves' && options.report === undefined) {
  throw new RangeError('curves are drawn for a page: --report');
}

async function run(root: string, part: string): Promise<Figure[]> {
  const folder = async (name: string): Promise<string> => {
    const path = join(root, name);
    await mkdir(path, { recursive: true });
    return path;
  };
  switch (part) {
    case 'rebuild':
      return benchRebuild(await folder('log'), events, rounds);
    case 'filling':
      return benchFilling(await folder('filling'), events, rounds);
    case 'memory':
      return benchMemory({ small: await folder('small'), large: await folder('log') }, events);
    case 'cold':
      return benchCold(await folder('cold'), entries, rounds);
    case 'registers':
      return benchRegisters(await folder('registers'), {
        large: entries,
        offices,
        each,
        rounds,
      });
    case 'lists':
      return benchLists(await folder('lists'), { entries: listed, turns });
    case 'audit':
      return benchAudit(await folder('audit'), events, { rounds, seconds });
    case 'peers':
      return benchPeers(await folder('peers'), { seconds, rounds });
    case 'screens':
      return benchScreens(await folder('screens'), { entries, seconds });
    case 'scale':
      return benchScale(await folder('scale'), communes);
    case 'fairness':
      return benchFairness(await folder('fairness'), { seconds, rounds });
    default:
      return benchHttp(await folder('http'), { seconds, rounds });
  }
}

/** The options as they were given. */
const given = (isLeftOut: (name: string) => boolean): string[] =>
  program.options
    .map((option) => option.attributeName())
    .filter((name) => program.getOptionValueSource(name) === 'cli' && !isLeftOut(name))
    .flatMap((name) => {
      const value: unknown = program.getOptionValue(name);
      return value === true ? [`--${name}`] : [`--${name}`, String(value)];
    });

/** For another version's bench; how often, against whom and for whom is this one's. */
const OWN = new Set(['against', 'rounds', 'json', 'report']);

/** The figures, in the parts they are measured in. */
async function* measured(root: string): AsyncGenerator<Figure[]> {
  const { against, only } = options;
  if (against !== undefined) {
    yield await benchAgainst(root, against, { rounds, args: given((name) => OWN.has(name)) });
    return;
  }
  const asked = only === undefined ? parts : [only].filter((part) => part !== 'curves');
  for (const part of asked) yield await run(root, part);
}

/** Curves are for a page. */
async function curvesFor(root: string): Promise<Curve[]> {
  const isAsked = options.only === undefined || options.only === 'curves';
  return options.report !== undefined && isAsked ? benchCurves(root, { seconds, largest }) : [];
}

async function measureAll(root: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for await (const found of measured(root)) {
    figures.push(...found);
    if (!options.json) print(found);
  }
  return figures;
}

async function main(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'bench-'));
  const { json, report } = options;
  try {
    if (!json) {
      console.log(
        `Node ${process.version}, ${cpus().length} cores; ± is half the range of the rounds`,
      );
      printHead();
    }
    const figures = await measureAll(root);
    const curves = await curvesFor(root);
    if (report !== undefined) {
      const page = { figures, curves };
      await writePage(
        report === true ? REPORT : report,
        page,
        given((name) => name === 'report'),
      );
    }
    if (json) console.log(JSON.stringify(figures, undefined, 2));
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

await main();
