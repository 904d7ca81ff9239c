import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeRegisters } from './log.ts';
import { startPostgres, type Postgres } from './postgres.ts';
import { agencyCode, LARGE } from './registers.ts';
import { alternate, figure, median, type Figure } from './report.ts';
import { runPeer, type Peer } from './run-peer.ts';
import { inProcess } from './tasks.ts';

const CALLERS = 64;
const BOOKS = [1, 64];
const YEAR = 2024;
const GOAL = '≥ 3';

/** Numbers a second; or why there are none. */
type Rate = Peer<{ readonly rate: number }>;
type Measure = (books: number) => Promise<Rate>;

interface Times {
  readonly seconds: number;
  readonly rounds: number;
}

/** Durable numbers under contention, in one process each, and the same done by others. */
export async function benchPeers(folder: string, times: Times): Promise<Figure[]> {
  await mkdir(folder, { recursive: true });
  const small = { agencies: BOOKS_OF_ALL.map(agencyCode), year: YEAR, events: 10 };
  await writeRegisters(join(folder, 'events.db'), { ...small, agency: LARGE }, small);
  const postgres = await startPostgres();
  try {
    const sides = measures(folder, times.seconds, postgres);
    const figures: Figure[] = [];
    for (const books of BOOKS) {
      const runs = await alternate<string, Rate>(
        times.rounds,
        Object.fromEntries(
          Object.entries(sides).map(([name, measure]) => [name, () => measure(books)] as const),
        ),
      );
      const { [OURS]: ours = [], ...others } = runs;
      figures.push(
        ...Object.entries(others).map(([name, theirs]) => against({ name, books }, ours, theirs)),
      );
    }
    return figures;
  } finally {
    if ('stop' in postgres) await postgres.stop();
  }
}

const BOOKS_OF_ALL = Array.from({ length: Math.max(...BOOKS) }, (_, book) => book);
const OURS = 'ours';

/** Everyone who is measured, by what the others are called. */
function measures(
  folder: string,
  seconds: number,
  postgres: Peer<Postgres>,
): Readonly<Record<string, Measure>> {
  const ask = async (script: string, books: number, ...more: readonly string[]): Promise<Rate> => {
    const args = [seconds, CALLERS, books].map(String);
    const found = await runPeer<{ numbers: number; seconds: number }>(folder, script, [
      ...args,
      ...more,
    ]);
    return 'missing' in found ? found : { rate: found.numbers / found.seconds };
  };
  const withPostgres = (script: string) => (books: number) =>
    'missing' in postgres ? Promise.resolve(postgres) : ask(script, books, postgres.place);
  return {
    [OURS]: async (books) => {
      const args = [seconds * 1000, CALLERS, books].map(String);
      const run = await inProcess('numbers-within', folder, ...args);
      return { rate: (run.more['numbers'] ?? Number.NaN) / run.seconds };
    },
    'Emmett on SQLite': (books) => ask('assign-emmett.mjs', books),
    PostgreSQL: withPostgres('assign-postgres.mjs'),
    'Nest library': withPostgres('assign-nest.mjs'),
  };
}

function against(
  { name, books }: { readonly name: string; readonly books: number },
  ours: readonly Rate[],
  theirs: readonly Rate[],
): Figure {
  const where = books === 1 ? 'one book' : `${books} books`;
  const named = { name: `${CALLERS} callers’ numbers, ${where} / ${name}`, goal: GOAL };
  const missing = theirs.find((run) => 'missing' in run);
  if (missing) return { ...named, ratio: Number.NaN, detail: `not measured: ${missing.missing}` };
  const rates = (runs: readonly Rate[]) => runs.flatMap((run) => ('rate' in run ? [run.rate] : []));
  const detail = `${figure(rates(ours), 'a second')} against ${figure(rates(theirs), 'a second')}`;
  return { ...named, ratio: median(rates(ours)) / median(rates(theirs)), detail };
}
