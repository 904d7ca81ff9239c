import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { streamPrefixes } from '#domain';
import { openSqliteEventStore } from '#event-store';
import { allProjections, rebuild, type Projection } from '#projections';
import { openSqliteReadStore } from '#read-store';
import { advance } from '../libs/projections/folding/advance.ts';
import { openTarget } from '../libs/projections/folding/checkpoint.ts';
import { runPeer } from './run-peer.ts';
import { writeLog } from './log.ts';
import { alternate, decimal, figure, median, type Figure } from './report.ts';
import { inProcess, type Measured } from './tasks.ts';

const TOGETHER = 'all together';
const PEERS_PROJECTION = 'register_entries';
/** Events the slow ways are measured over. */
const MOST_PEER_EVENTS = 20_000;

const logIn = (folder: string): string => join(folder, 'events.db');

/** Has a log of so many events in the folder, which is written where it is missing. */
export async function ensureLog(folder: string, events: number): Promise<void> {
  if (!existsSync(logIn(folder))) await writeLog(logIn(folder), events);
}

/** Rebuilds as `ops rebuild` does, into a read store of its own. Answers how many events were read. */
export async function rebuildInto(
  folder: string,
  projections: readonly Projection[],
  isKept = false,
): Promise<number> {
  const path = join(folder, `read-${process.pid}.db`);
  const eventStore = openSqliteEventStore(logIn(folder));
  const readStore = openSqliteReadStore(path);
  let events = 0;
  const onProgress = (done: number): void => {
    events = done;
  };
  await rebuild({ eventStore, readStore, onProgress }, projections);
  if (!isKept) for (const name of await readStore.collections()) await readStore.drop({ name });
  await Promise.all([eventStore.close(), readStore.close()]);
  if (!isKept)
    for (const suffix of ['', '-wal', '-shm']) await rm(`${path}${suffix}`, { force: true });
  return events;
}

/**
 * The plain way: one event, one write, one checkpoint. Over the first events of the log, which say
 * as much of the rate as all of them. Answers how many events there were.
 */
export async function writeOneByOne(
  folder: string,
  projection: Projection,
  limit: number,
): Promise<number> {
  const path = join(folder, `one-${process.pid}.db`);
  const eventStore = openSqliteEventStore(logIn(folder));
  const readStore = openSqliteReadStore(path);
  let target = await openTarget(readStore, projection, { ...projection, name: 'one_by_one' });
  for await (const event of eventStore.readAll({ prefixes: streamPrefixes, limit })) {
    target = await advance(readStore, target, [event]);
  }
  await Promise.all([eventStore.close(), readStore.close()]);
  for (const suffix of ['', '-wal', '-shm']) await rm(`${path}${suffix}`, { force: true });
  return target.events;
}

/** All read models, as `rebuild` of a process of its own is told them. */
export const EVERYTHING = allProjections.map(({ name }) => name).join(',');

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
    [TOGETHER]: rebuilt(EVERYTHING),
  });
  const { bare, ...others } = runs;
  const limit = rates(bare, events);
  const figures = Object.entries(others).map(([name, measured]) => {
    requireWhole([...bare, ...measured], events);
    const reached = rates(measured, events);
    return {
      name: `rebuild ${name} / bare read and parse`,
      ratio: median(reached) / median(limit),
      goal: name === TOGETHER ? '–' : '≥ 0.60',
      detail: `${figure(reached, 'events/s')} against ${figure(limit, 'events/s')}`,
    };
  });
  const ours = rates(runs[PEERS_PROJECTION], events);
  return [...figures, ...(await againstPeers(folder, Math.min(events, MOST_PEER_EVENTS), ours))];
}

/** Events a second; or why it was not measured. */
type PeerRun = { readonly rate: number } | { readonly missing: string };

/** The same projection done otherwise, over the first events of the same log. */
async function againstPeers(
  folder: string,
  events: number,
  ours: readonly number[],
): Promise<Figure[]> {
  const against = (peer: string, goal: string, found: readonly PeerRun[]): Figure => {
    const name = `rebuild ${PEERS_PROJECTION} / ${peer}`;
    const missing = found.find((run) => 'missing' in run);
    if (missing)
      return { name, ratio: Number.NaN, goal, detail: `not measured: ${missing.missing}` };
    const theirs = found.flatMap((run) => ('rate' in run ? [run.rate] : []));
    const detail = `${figure(ours, 'events/s')} against ${figure(theirs, 'events/s')}`;
    return { name, ratio: median(ours) / median(theirs), goal, detail };
  };
  const runs = await alternate<'loop' | 'emmett', PeerRun>(2, {
    loop: async () => {
      const run = await inProcess('one-by-one', folder, PEERS_PROJECTION, String(events));
      requireWhole([run], events);
      return { rate: events / run.seconds };
    },
    emmett: async () => {
      const args = [logIn(folder), PEERS_PROJECTION, String(events)];
      const run = await runPeer<{ seconds: number }>(folder, 'peer/project.mjs', args);
      return 'missing' in run ? run : { rate: events / run.seconds };
    },
  });
  return [
    against('one write per event', '–', runs.loop),
    against('Emmett on SQLite', '≥ 5', runs.emmett),
  ];
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
    small: () => inProcess('rebuild', small, EVERYTHING),
    large: () => inProcess('rebuild', large, EVERYTHING),
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
