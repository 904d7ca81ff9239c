import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openSqliteEventStore } from '#event-store';
import { allProjections, rebuild, type Projection } from '#projections';
import { openSqliteReadStore } from '#read-store';
import { writeLog } from './log.ts';
import { alternate, decimal, figure, median, type Figure } from './report.ts';
import { inProcess, type Measured } from './tasks.ts';

const logIn = (folder: string): string => join(folder, 'events.db');

async function ensureLog(folder: string, events: number): Promise<void> {
  if (!existsSync(logIn(folder))) await writeLog(logIn(folder), events);
}

/**
 * Rebuilds as `ops rebuild` does, into a read store of its own that is then thrown away. Answers
 * how many events were read.
 */
export async function rebuildInto(
  folder: string,
  projections: readonly Projection[],
): Promise<number> {
  const path = join(folder, `read-${process.pid}.db`);
  const eventStore = openSqliteEventStore(logIn(folder));
  const readStore = openSqliteReadStore(path);
  let events = 0;
  const onProgress = (done: number): void => {
    events = done;
  };
  await rebuild({ eventStore, readStore, onProgress }, projections);
  await Promise.all([eventStore.close(), readStore.close()]);
  for (const suffix of ['', '-wal', '-shm']) await rm(`${path}${suffix}`, { force: true });
  return events;
}

const everything = allProjections.map(({ name }) => name).join(',');

const rates = (runs: readonly Measured[], events: number): number[] =>
  runs.map(({ seconds }) => events / seconds);

/** @throws Error where a run has not read the whole log: its time would say nothing. */
function requireWhole(runs: readonly Measured[], events: number): void {
  for (const { more } of runs) {
    if (more['events'] !== events) throw new Error(`read ${more['events']} of ${events} events`);
  }
}

/** Rebuilds against the raw limit, from the same file in the same run. */
export async function benchRebuild(
  folder: string,
  events: number,
  rounds: number,
): Promise<Figure[]> {
  await ensureLog(folder, events);
  const rebuilt = (names: string) => () => inProcess('rebuild', folder, names);
  const runs = await alternate(rounds, {
    bare: () => inProcess('bare', folder),
    book_details: rebuilt('book_details'),
    register_entries: rebuilt('register_entries'),
    audit_history: rebuilt('audit_history'),
    'all six together': rebuilt(everything),
  });
  const { bare, ...others } = runs;
  const limit = rates(bare, events);
  return Object.entries(others).map(([name, measured]) => {
    requireWhole([...bare, ...measured], events);
    const reached = rates(measured, events);
    return {
      name: `rebuild ${name} / bare read and parse`,
      ratio: median(reached) / median(limit),
      goal: '≥ 0.30',
      detail: `${figure(reached, 'events/s')} against ${figure(limit, 'events/s')}`,
    };
  });
}

const MIB = 2 ** 20;

/** Memory of a rebuild of everything, for a log and for one ten times as long. */
export async function benchMemory(
  { small, large }: { readonly small: string; readonly large: string },
  events: number,
): Promise<Figure[]> {
  await ensureLog(small, events / 10);
  await ensureLog(large, events);
  const runs = await alternate(2, {
    small: () => inProcess('rebuild', small, everything),
    large: () => inProcess('rebuild', large, everything),
  });
  const figures = (of: 'rss' | 'heap', name: string): Figure => {
    const [less, more] = [runs.small, runs.large].map((list) => list.map((run) => run[of] / MIB));
    return {
      name: `peak ${name}, rebuild of ${decimal(events)} / of ${decimal(events / 10)} events`,
      ratio: median(more ?? []) / median(less ?? []),
      goal: '≤ 1.25',
      detail: `${figure(more ?? [], 'MiB')} against ${figure(less ?? [], 'MiB')}`,
    };
  };
  return [figures('rss', 'resident memory'), figures('heap', 'heap')];
}
