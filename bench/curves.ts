import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { benchOfficer, load, openBook, TODAY } from './http.ts';
import type { Line, Plot } from './plots.ts';
import { ensureLog, EVERYTHING } from './rebuild.ts';
import { agencyCode } from './registers.ts';
import { startServer, type Server } from './servers.ts';
import { inProcess } from './tasks.ts';

/** A plot of the report, with what it is called there. */
export interface Curve extends Plot {
  readonly file: string;
  /** What was done, in a sentence. */
  readonly about: string;
}

type Point = Line['points'][number];

interface Sizes {
  readonly seconds: number;
  /** Events of the largest log. */
  readonly largest: number;
}

const CALLERS = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const MANY_CALLERS = 64;
const OFFICES = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const SMALLEST = 10_000;
const MIB = 2 ** 20;
const PERCENTILES = ['p50', 'p90', 'p99'] as const;

/** What no single ratio shows: how it goes on as there is more of everything. */
export async function benchCurves(root: string, sizes: Sizes): Promise<Curve[]> {
  const served = await overHttp(join(root, 'served'), sizes.seconds);
  const rebuilt = await overLogSizes(join(root, 'rebuilt'), sizes.largest);
  return [...served, ...rebuilt];
}

async function overHttp(folder: string, seconds: number): Promise<Curve[]> {
  await mkdir(folder, { recursive: true });
  const server = await startServer('../apps/api/main.js', { DATA_DIR: folder, CLOCK_NOW: TODAY });
  try {
    const agencies = Array.from({ length: Math.max(...OFFICES) }, (_, at) => agencyCode(at));
    const authorization = await benchOfficer(folder, agencies);
    const books = await openBooks(server, authorization, agencies);
    const asked = (callers: number, offices: number) =>
      load({ urls: books.slice(0, offices), authorization, callers, seconds });
    await asked(MANY_CALLERS, 1);
    const byCallers = await inTurn(CALLERS, (callers) => asked(callers, 1));
    const byOffices = await inTurn(OFFICES, (offices) => asked(MANY_CALLERS, offices));
    return [
      {
        file: 'latency.svg',
        title: 'A number over HTTP, durable: how long it takes',
        about: `Numbers of one book, each caller asking again the moment it is answered, ${seconds} s each.`,
        x: 'callers',
        y: 'ms',
        isLog: 'x',
        lines: PERCENTILES.map((name) => ({
          name,
          points: byCallers.map(([x, found]) => ({ x, y: found[name] })),
        })),
      },
      {
        file: 'offices.svg',
        title: 'Numbers over HTTP, durable: how many a second',
        about: `${MANY_CALLERS} callers, whose requests go to so many offices’ books by turns, ${seconds} s each.`,
        x: 'offices',
        y: 'numbers a second',
        isLog: 'x',
        lines: [
          {
            name: 'numbers',
            points: byOffices.map(([x, found]) => ({ x, y: found.perSecond })),
          },
        ],
      },
    ];
  } finally {
    await server.stop();
  }
}

/** Each of them measured, one after the other. */
async function inTurn<T>(
  counts: readonly number[],
  measure: (count: number) => Promise<T>,
): Promise<[number, T][]> {
  const found: [number, T][] = [];
  for (const count of counts) found.push([count, await measure(count)]);
  return found;
}

async function openBooks(
  server: Server,
  authorization: string,
  agencies: readonly string[],
): Promise<string[]> {
  const books: string[] = [];
  for (const agency of agencies) books.push(await openBook(server, authorization, agency));
  return books;
}

/** 10,000, 100,000 … up to the largest. */
export function sizesUpTo(largest: number): number[] {
  const sizes: number[] = [];
  for (let size = SMALLEST; size <= largest; size *= 10) sizes.push(size);
  return sizes;
}

const ALL = 'all read models';
const REBUILT: Readonly<Record<string, string>> = {
  [ALL]: EVERYTHING,
  register_entries: 'register_entries',
  book_details: 'book_details',
};
const BARE = 'read and parsed bare';
/** What all read models take on the disk while they are filled, generously. */
const BYTES_AN_EVENT = 8000;

/** All read models of a large log take several times its size: they are left out where the disk ends. */
async function hasRoom(folder: string, events: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize > events * BYTES_AN_EVENT;
}

interface Rebuilt {
  /** Of each line of the plots: its name and a point for each log. */
  readonly seconds: ReadonlyMap<string, Point[]>;
  readonly memory: ReadonlyMap<string, Point[]>;
}

/** Logs of every size, each rebuilt from and thrown away before the next is written. */
async function overLogSizes(root: string, largest: number): Promise<Curve[]> {
  const names = [...Object.keys(REBUILT), BARE];
  const seconds = new Map(names.map((name) => [name, [] as Point[]]));
  const memory = new Map(names.map((name) => [name, [] as Point[]]));
  const sizes = sizesUpTo(largest);
  for (const size of sizes) {
    const folder = join(root, String(size));
    await mkdir(folder, { recursive: true });
    await ensureLog(folder, size);
    const isWhole = await hasRoom(folder, size);
    for (const name of names.filter((each) => isWhole || each !== ALL)) {
      const models = REBUILT[name];
      const run = models ? inProcess('rebuild', folder, models) : inProcess('bare', folder);
      const found = await run;
      seconds.get(name)?.push({ x: size, y: found.seconds });
      memory.get(name)?.push({ x: size, y: found.rss / MIB });
    }
    await rm(folder, { recursive: true });
  }
  return rebuildCurves(sizes, { seconds, memory });
}

function rebuildCurves(sizes: readonly number[], { seconds, memory }: Rebuilt): Curve[] {
  const lines = (of: Rebuilt['seconds']) => [...of].map(([name, points]) => ({ name, points }));
  const whole = new Set(seconds.get(ALL)?.map(({ x }) => x));
  const missing = sizes.filter((size) => !whole.has(size));
  const said =
    missing.length === 0 ? '' : ` Not ${ALL} of ${missing.join(', ')}: the disk had no room.`;
  const about = `From logs of ${sizes.join(', ')} events, in a process of its own each time.${said}`;
  return [
    {
      ...{ file: 'rebuild.svg', title: 'Read models rebuilt', about, isLog: true },
      ...{ x: 'events in the log', y: 'seconds', lines: lines(seconds) },
    },
    {
      ...{ file: 'memory.svg', title: 'Peak resident memory of a rebuild', about, isLog: 'x' },
      ...{ x: 'events in the log', y: 'MiB', lines: lines(memory) },
    },
  ];
}
