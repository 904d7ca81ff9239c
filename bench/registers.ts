import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeRegisters } from './log.ts';
import { alternate, decimal, figure, median, type Figure } from './report.ts';
import { carry, startServer } from './remote-log.ts';
import { inProcess, type Measured } from './tasks.ts';

/** What a process that serves many registers may have, in MiB. */
const HEAP_MIB = 512;
const NUMBERS = 2000;
/** Of the log that is carried to the server, event by event. */
const EACH_REMOTE = 140;
const MOMENTS = 10;
const TOGETHER_MS = 4000;
/** Of each process. */
const TOGETHER_CALLERS = 16;

export const LARGE = 'BK-LARGE';
const YEAR = 2024;
const limited = { heapMib: HEAP_MIB };
export const agencyCode = (index: number): string => `BK-${String(index + 1).padStart(4, '0')}`;
const agenciesOf = (offices: number): string[] =>
  Array.from({ length: offices }, (_, index) => agencyCode(index));

const p99 = (runs: readonly Measured[]): number[] =>
  runs.map(({ more }) => more['p99'] ?? Number.NaN);
const ms = (runs: readonly Measured[]): number[] => runs.map(({ seconds }) => seconds * 1000);
const numbers = (runs: readonly Measured[]): number =>
  runs.reduce((sum, { more }) => sum + (more['numbers'] ?? 0), 0);

/** Entries of the large register; how many others there are, with how many events each; rounds. */
interface Sizes {
  readonly large: number;
  readonly offices: number;
  readonly each: number;
  readonly rounds: number;
}

/** What registers cost each other: in turn, at once, while one is asked about its past. */
export async function benchRegisters(
  folder: string,
  { large, offices, each, rounds }: Sizes,
): Promise<Figure[]> {
  const small = { agencies: agenciesOf(offices), year: YEAR, events: each };
  const one = { agency: LARGE, year: YEAR, events: large };
  await writeRegisters(join(folder, 'events.db'), one, small);
  const turns = (count: number) => () =>
    inProcess('registers-in-turn', folder, String(count), String(NUMBERS), limited);
  const asking = (moments: number) => () =>
    inProcess('while-asking', folder, String(moments), limited);
  const first = (agency: string) => () => inProcess('first-number', folder, agency, limited);
  await first(LARGE)();
  const runs = await alternate(rounds, {
    one: turns(1),
    eight: turns(8),
    many: turns(offices),
    alone: asking(0),
    asked: asking(MOMENTS),
    first: first(LARGE),
    firstOfSmall: first(agencyCode(0)),
  });
  return [
    ...inTurnFigures(runs, offices),
    firstFigure(runs.first, large, 100),
    firstFigure(runs.firstOfSmall, each, 50),
    askedFigure(runs, large),
    await together(folder),
    await benchRemote(folder, { offices, rounds }),
  ];
}

/** The same through EventStoreDB's client: on the server `EVENTSTORE_URL` names, which is empty, else on the double. */
async function benchRemote(
  folder: string,
  { offices, rounds }: Pick<Sizes, 'offices' | 'rounds'>,
): Promise<Figure> {
  const home = join(folder, 'remote');
  await mkdir(home, { recursive: true });
  const small = { agencies: agenciesOf(offices), year: YEAR, events: EACH_REMOTE };
  await writeRegisters(join(home, 'events.db'), { agency: LARGE, year: YEAR, events: 10 }, small);
  const server = await startServer(home);
  try {
    await carry(home, server.url);
    const turns = (count: number) => () =>
      inProcess('registers-in-turn', home, String(count), String(NUMBERS), server.url, limited);
    const { one, many } = await alternate(rounds, { one: turns(1), many: turns(offices) });
    return {
      name: `the same through EventStoreDB’s client, on ${server.name}`,
      ratio: median(p99(many)) / median(p99(one)),
      goal: '≤ 2.00',
      detail: `${figure(p99(many), 'ms', 2)} against ${figure(p99(one), 'ms', 2)}`,
    };
  } finally {
    await server.stop();
  }
}

type Run = 'one' | 'eight' | 'many' | 'alone' | 'asked' | 'first' | 'firstOfSmall';
type Runs = Readonly<Record<Run, Measured[]>>;

const inTurnFigures = (runs: Runs, offices: number): Figure[] => [
  {
    name: 'eight registers in turn / one register',
    ratio: median(ms(runs.eight)) / median(ms(runs.one)),
    goal: '≤ 1.20',
    detail: `${figure(ms(runs.eight), 'ms', 2)} against ${figure(ms(runs.one), 'ms', 2)} a number`,
  },
  {
    name: `p99 of ${decimal(offices)} registers in turn / of one, heap ${HEAP_MIB} MiB`,
    ratio: median(p99(runs.many)) / median(p99(runs.one)),
    goal: '≤ 2.00',
    detail: `${figure(p99(runs.many), 'ms', 2)} against ${figure(p99(runs.one), 'ms', 2)}`,
  },
];

const firstFigure = (runs: readonly Measured[], entries: number, within: number): Figure => ({
  name: `first number after a start, ${decimal(entries)} entries / ${within} ms`,
  ratio: median(ms(runs)) / within,
  goal: '≤ 1.00',
  detail: figure(ms(runs), 'ms', 1),
});

function askedFigure(runs: Runs, large: number): Figure {
  const answered = figure(
    runs.asked.map(({ seconds }) => seconds),
    's',
    1,
  );
  return {
    name: `p99 while ${MOMENTS} moments of ${decimal(large)} entries are asked / alone`,
    ratio: median(p99(runs.asked)) / median(p99(runs.alone)),
    goal: '≤ 2.00',
    detail: `${figure(p99(runs.asked), 'ms', 2)} against ${figure(p99(runs.alone), 'ms', 2)}; all answered in ${answered}`,
  };
}

async function together(folder: string): Promise<Figure> {
  const single = numbers([await within(folder)]);
  const both = numbers(await Promise.all([within(folder), within(folder)]));
  return {
    name: 'numbers of one book by two processes / by one',
    ratio: both / single,
    goal: '–',
    detail: `${decimal(both)} against ${decimal(single)} in ${TOGETHER_MS / 1000} s, ${TOGETHER_CALLERS} callers each`,
  };
}

const within = (folder: string): Promise<Measured> =>
  inProcess('numbers-within', folder, String(TOGETHER_MS), String(TOGETHER_CALLERS), '1');
