import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeRegisters } from './log.ts';
import { startPostgres } from './postgres.ts';
import { agencyCode, LARGE } from './registers.ts';
import { carry, startServer } from './remote-log.ts';
import { alternate, figure, median, type Figure } from './report.ts';
import { runPeer, type Peer } from './run-peer.ts';
import { inProcess } from './tasks.ts';

const CALLERS = 64;
const BOOKS = [1, 64];
const YEAR = 2024;
/** With contention: with a book for each caller nobody waits for another, and there is no goal. */
const CONTENDED_GOAL = '≥ 3';

/** Numbers a second; or why there are none. */
type Rate = Peer<{ readonly rate: number }>;
type Script = Parameters<typeof runPeer>[1];

interface Times {
  readonly seconds: number;
  readonly rounds: number;
}

const BOOKS_OF_ALL = Array.from({ length: Math.max(...BOOKS) }, (_, book) => book);
const OURS = 'ours';

/** Durable numbers under contention, in one process each, and the same done by others. */
export async function benchPeers(folder: string, times: Times): Promise<Figure[]> {
  const [disk, remote] = [join(folder, 'disk'), join(folder, 'remote')];
  for (const own of [disk, remote]) await writeBooks(own);
  return [...(await onThisDisk(disk, times)), ...(await onEventStoreDb(remote, times))];
}

async function writeBooks(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const small = { agencies: BOOKS_OF_ALL.map(agencyCode), year: YEAR, events: 10 };
  await writeRegisters(join(folder, 'events.db'), { ...small, agency: LARGE }, small);
}

async function onThisDisk(folder: string, times: Times): Promise<Figure[]> {
  const postgres = await startPostgres();
  const others = (script: Script) => (books: number) => theirs(folder, script, { books, times });
  const withPostgres = (script: Script) => (books: number) =>
    'missing' in postgres
      ? Promise.resolve(postgres)
      : theirs(folder, script, { books, times, place: postgres.place });
  try {
    return await compared(times, {
      [OURS]: (books) => ours(folder, { books, times }),
      'Emmett on SQLite': others('peer/assign-emmett.mjs'),
      PostgreSQL: withPostgres('peer/assign-postgres.mjs'),
      'Nest library': withPostgres('peer/assign-nest.mjs'),
    });
  } finally {
    if ('stop' in postgres) await postgres.stop();
  }
}

async function onEventStoreDb(folder: string, times: Times): Promise<Figure[]> {
  const server = await startServer(folder);
  try {
    await carry(folder, server.url);
    const script = 'peer-eventstoredb/assign-emmett.mjs';
    return await compared(times, {
      [OURS]: (books) => ours(folder, { books, times, place: server.url }),
      [`Emmett on EventStoreDB, both on ${server.name}`]: (books) =>
        theirs(folder, script, { books, times, place: server.url }),
    });
  } finally {
    await server.stop();
  }
}

/** Each in turn, for each number of books. */
async function compared(
  { rounds }: Times,
  sides: Readonly<Record<string, (books: number) => Promise<Rate>>>,
): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const books of BOOKS) {
    const asked = Object.entries(sides).map(([name, side]) => [name, () => side(books)] as const);
    const runs = await alternate<string, Rate>(rounds, Object.fromEntries(asked));
    const { [OURS]: own = [], ...others } = runs;
    for (const [name, other] of Object.entries(others)) {
      figures.push(against({ name, books }, own, other));
    }
  }
  return figures;
}

interface Asked {
  readonly books: number;
  readonly times: Times;
  /** The server, where it is on one. */
  readonly place?: string;
}

async function ours(folder: string, { books, times, place }: Asked): Promise<Rate> {
  const args = [times.seconds * 1000, CALLERS, books].map(String);
  const run = await inProcess('numbers-within', folder, ...args, ...(place ? [place] : []));
  return { rate: (run.more['numbers'] ?? Number.NaN) / run.seconds };
}

async function theirs(
  folder: string,
  script: Script,
  { books, times, place }: Asked,
): Promise<Rate> {
  const args = [times.seconds, CALLERS, books].map(String);
  const all = place ? [...args, place] : args;
  const found = await runPeer<{ numbers: number; seconds: number }>(folder, script, all);
  return 'missing' in found ? found : { rate: found.numbers / found.seconds };
}

function against(
  { name, books }: { readonly name: string; readonly books: number },
  own: readonly Rate[],
  others: readonly Rate[],
): Figure {
  const where = books === 1 ? 'one book' : `${books} books`;
  const goal = books < CALLERS ? CONTENDED_GOAL : '–';
  const named = { name: `${CALLERS} callers’ numbers, ${where} / ${name}`, goal };
  const missing = others.find((run) => 'missing' in run);
  if (missing) return { ...named, ratio: Number.NaN, detail: `not measured: ${missing.missing}` };
  const rates = (runs: readonly Rate[]) => runs.flatMap((run) => ('rate' in run ? [run.rate] : []));
  const detail = `${figure(rates(own), 'a second')} against ${figure(rates(others), 'a second')}`;
  return { ...named, ratio: median(rates(own)) / median(rates(others)), detail };
}
