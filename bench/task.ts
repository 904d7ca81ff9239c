import { join } from 'node:path';
import { createRunner, registerAggregate } from '#commands';
import { registerStream, type CalendarDate, type RegisterKey } from '#domain';
import { openSqliteEventStore } from '#event-store';
import { allProjections } from '#projections';
import { auditTasks } from './audit-task.ts';
import { bareRead } from './bare.ts';
import { fillFromServer, readByClient } from './filling-task.ts';
import { assignment } from './register-writer.ts';
import { firstNumber, numbersWithin, registersInTurn, whileAsking } from './registers-task.ts';
import { askLists, makeLists } from './lists-task.ts';
import { rebuildInto, writeOneByOne } from './rebuild.ts';
import { timed } from './report.ts';
import { createSamples } from './samples.ts';
import type { Measured } from './tasks.ts';

type Found = Pick<Measured, 'seconds'> & Partial<Pick<Measured, 'more'>>;

const DECISIONS = 20_000;
const COMMANDS = 200;

const logIn = (folder: string): string => join(folder, 'events.db');

/** The whole log read and parsed. */
async function bare(folder: string): Promise<Found> {
  let events = 0;
  const seconds = await timed(() => Promise.resolve((events = bareRead(logIn(folder)))));
  return { seconds, more: { events } };
}

const rebuildNamed =
  (isKept: boolean) =>
  async (folder: string, names: string): Promise<Found> => {
    const wanted = names.split(',');
    const projections = allProjections.filter(({ name }) => wanted.includes(name));
    let events = 0;
    const seconds = await timed(
      async () => (events = await rebuildInto(folder, projections, isKept)),
    );
    return { seconds, more: { events } };
  };

async function oneByOne(folder: string, name: string, limit: string): Promise<Found> {
  const projection = allProjections.find((one) => one.name === name);
  if (!projection) throw new Error(`no projection ${name}`);
  let events = 0;
  const seconds = await timed(
    async () => (events = await writeOneByOne(folder, projection, Number(limit))),
  );
  return { seconds, more: { events } };
}

/** A register opened cold; then decisions on it, and commands carried out one after the other. */
async function fold(folder: string, agency: string, year: string): Promise<Found> {
  const key: RegisterKey = { agency, type: 'SCTDT.BS', year: Number(year) };
  const store = openSqliteEventStore(logIn(folder));
  const now = (): Date => new Date(`${year}-12-28T02:00:00.000Z`);
  const runner = createRunner(store, registerAggregate, { now });
  const stream = registerStream(key);
  const seconds = await timed(() => runner.load(stream));
  const { state } = await runner.load(stream);
  const samples = createSamples(1);
  const today = `${year}-12-28` as CalendarDate;
  const commands = Array.from({ length: DECISIONS }, (_, index) =>
    assignment(key, `H04.01-${process.pid}-${index}`, { samples, today }),
  );
  const decide = await timed(() => {
    for (const command of commands) registerAggregate.decide(state, command);
    return Promise.resolve();
  });
  const context = {
    actor: { account: 'binh.tran', name: 'Trần Thị Bình', role: 'receiving-officer', agency },
    correlationId: 'bench',
    causationId: 'bench',
  };
  const execute = await timed(async () => {
    for (const command of commands.slice(0, COMMANDS)) {
      await runner.execute(stream, { command, context });
    }
  });
  await store.close();
  return { seconds, more: { decide: decide / DECISIONS, execute: execute / COMMANDS } };
}

const tasks: Readonly<Record<string, (...args: string[]) => Promise<Found>>> = {
  bare,
  ...auditTasks,
  rebuild: rebuildNamed(false),
  'rebuild-and-keep': rebuildNamed(true),
  'one-by-one': oneByOne,
  fold,
  'read-by-client': readByClient,
  'fill-from-server': fillFromServer,
  'registers-in-turn': registersInTurn,
  'first-number': firstNumber,
  'while-asking': whileAsking,
  'numbers-within': numbersWithin,
  'make-lists': makeLists,
  'ask-lists': askLists,
};

const [name = '', ...args] = process.argv.slice(2);
const task = tasks[name];
if (!task) throw new Error(`no task ${name}`);
let heap = 0;
const look = (): void => {
  heap = Math.max(heap, process.memoryUsage().heapUsed);
};
const watch = setInterval(look, 20);
const found = await task(...args);
look();
clearInterval(watch);
const measured: Measured = {
  more: {},
  ...found,
  heap,
  rss: process.resourceUsage().maxRSS * 1024,
};
process.send?.(measured);
process.disconnect();
