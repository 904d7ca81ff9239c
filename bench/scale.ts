import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { agencyCode, FIRST_YEAR, writeCommunes } from './log.ts';
import { EVERYTHING } from './rebuild.ts';
import { decimal, type Figure } from './report.ts';
import { inProcess } from './tasks.ts';

/** The country: what docs/bench/scale.md reckons with. */
const COMMUNES = 3321;
const COPIES_A_YEAR = 46_000_000;
const YEARS = 10;
/** Every copy of a paper of its own: more numbers than there will be. */
const PER_REGISTER = Math.round(COPIES_A_YEAR / COMMUNES);
const MIB = 2 ** 20;

/** What a share of the country costs. */
interface Costs {
  readonly communes: number;
  readonly events: number;
  readonly logBytes: number;
  readonly readBytes: number;
  readonly rebuildSeconds: number;
  readonly rss: number;
  readonly foldSeconds: number;
  readonly numberSeconds: number;
}

async function bytesOf(folder: string, name: RegExp): Promise<number> {
  const files = (await readdir(folder)).filter((file) => name.test(file));
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function costsOf(folder: string, communes: number): Promise<Costs> {
  await mkdir(folder, { recursive: true });
  const events = communes * PER_REGISTER * YEARS;
  const registers = { years: YEARS, events: PER_REGISTER };
  await writeCommunes(join(folder, 'events.db'), communes, registers);
  const logBytes = await bytesOf(folder, /^events\.db/);
  const rebuilt = await inProcess('rebuild-and-keep', folder, EVERYTHING);
  const readBytes = await bytesOf(folder, /^read/);
  const year = String(FIRST_YEAR + YEARS - 1);
  const folded = await inProcess('fold', folder, agencyCode(0), year);
  await rm(folder, { recursive: true });
  return {
    ...{ communes, events, logBytes, readBytes },
    ...{ rebuildSeconds: rebuilt.seconds, rss: rebuilt.rss },
    ...{ foldSeconds: folded.seconds, numberSeconds: folded.more['execute'] ?? Number.NaN },
  };
}

/** Ten years of so many communes and of a tenth of them: what an event, a number, a register costs. */
export async function benchScale(root: string, communes: number): Promise<Figure[]> {
  const few = await costsOf(join(root, 'few'), Math.round(communes / 10));
  const many = await costsOf(join(root, 'many'), communes);
  const figureOf = (
    what: string,
    cost: (costs: Costs) => number,
    told: (value: number) => string,
  ): Figure => ({
    name: `${what}, ${many.communes} communes / ${few.communes}`,
    ratio: cost(many) / cost(few),
    goal: '≤ 1.20',
    detail: `${told(cost(many))} against ${told(cost(few))}; ${decimal(many.events)} events`,
  });
  const bytes = (value: number): string => `${decimal(value)} bytes`;
  return [
    figureOf('log, an event', (all) => all.logBytes / all.events, bytes),
    figureOf('read models, an event', (all) => all.readBytes / all.events, bytes),
    figureOf(
      'rebuild of all, an event',
      (all) => (all.rebuildSeconds / all.events) * 1e6,
      (value) => `${decimal(value, 1)} µs`,
    ),
    figureOf(
      'peak memory of that',
      (all) => all.rss / MIB,
      (value) => `${decimal(value)} MiB`,
    ),
    figureOf(
      'cold fold of a register',
      (all) => all.foldSeconds * 1000,
      (value) => `${decimal(value)} ms`,
    ),
    figureOf(
      'one number, durable, alone',
      (all) => all.numberSeconds * 1000,
      (value) => `${decimal(value, 2)} ms`,
    ),
  ];
}
