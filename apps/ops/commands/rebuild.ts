import { graceMs, type Config } from '#config';
import {
  abortRebuild,
  allProjections,
  NothingToRollBackTo,
  parking,
  projectionsNamed,
  rebuild,
  RebuildAborted,
  RebuildOvertaken,
  RebuildRunning,
  rollback,
  type Parked,
  type Projection,
  type Rebuilt,
} from '#projections';
import { createProgress } from '../progress.ts';
import { withStores } from '../stores.ts';

export interface RebuildOptions {
  readonly all?: boolean;
  readonly abort?: boolean;
}

const EXPECTED = [RebuildOvertaken, RebuildRunning, RebuildAborted, NothingToRollBackTo];

/** Rebuilds with a progress bar, rate and time left, or calls a rebuild off. Answers the exit status. */
export async function rebuildProjections(
  config: Config,
  names: readonly string[],
  options: RebuildOptions,
): Promise<number> {
  const projections = options.all ? allProjections : projectionsNamed(names);
  if (projections.length === 0) throw new RangeError('name a projection, or say --all');
  return telling(() =>
    options.abort ? abortAll(config, projections) : rebuildAll(config, projections),
  );
}

async function rebuildAll(config: Config, projections: readonly Projection[]): Promise<number> {
  const progress = createProgress();
  const stopping = new AbortController();
  const interrupt = (): void => stopping.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const onResume = ({ name }: Projection, events: number): void => {
    console.log(`${name}: going on behind ${events} events`);
  };
  const given = { onResume, onProgress: progress.report, signal: stopping.signal };
  const parks = parking(config.PARK_EVENTS);
  let rebuilt: readonly Rebuilt[];
  try {
    rebuilt = await withStores(config, (stores) =>
      rebuild({ ...stores, ...given, parks, graceMs: graceMs(config) }, projections),
    );
  } catch (error) {
    progress.stop();
    if (!stopping.signal.aborted) throw error;
    console.error('stopped; say the same again to go on, with --abort to give it up');
    return 130;
  }
  const { done, seconds } = progress.stop();
  const list = projections.map(({ name }) => name).join(', ');
  console.log(`rebuilt ${list} from ${done} events in ${seconds} s`);
  const aside = rebuilt.flatMap(({ projection: { name }, parked }) =>
    parked.map((one) => setAside(name, one)),
  );
  for (const line of aside) console.error(line);
  return aside.length === 0 ? 0 : 1;
}

const setAside = (name: string, { event, error }: Parked): string => {
  const { type, stream, revision, position } = event;
  return `${name}: set aside from ${type} ${stream}@${revision} at ${position}: ${error}`;
};

async function abortAll(config: Config, projections: readonly Projection[]): Promise<number> {
  return withStores(config, async ({ readStore }) => {
    const found = [];
    for (const projection of projections) found.push(await abortRebuild(readStore, projection));
    for (const [index, { name }] of projections.entries()) {
      console.log(found[index] ? `${name}: called off` : `${name}: no rebuild to call off`);
    }
    return found.includes(true) ? 0 : 1;
  });
}

/** Points readers at the collection before the latest swap. Answers the exit status. */
export async function rollBack(config: Config, name: string): Promise<number> {
  const [projection] = projectionsNamed([name]);
  if (!projection) throw new RangeError('name a projection');
  return telling(async () => {
    const done = await withStores(config, (stores) => rollback(stores, projection));
    console.log(`${name}: back from ${done.from} to ${done.to}; say the same again to undo it`);
    if (!done.isFollowed) {
      console.log(`${name}: another version of the program has filled it, and has to follow it`);
    }
    return 0;
  });
}

/** What an operator must know is told in a line; a fault of the program is not caught. */
async function telling(work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!EXPECTED.some((kind) => error instanceof kind)) throw error;
    console.error((error as Error).message);
    return 1;
  }
}
