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
import { found, type Outcome } from '../outcome.ts';
import { createProgress } from '../progress.ts';
import { untilStopped } from '../run.ts';
import { withStores, withStoresAnew } from '../stores.ts';

export interface RebuildOptions {
  readonly all?: boolean;
  readonly abort?: boolean;
}

const EXPECTED = [RebuildOvertaken, RebuildRunning, RebuildAborted, NothingToRollBackTo];

/** Rebuilds with a progress bar, rate and time left, or calls a rebuild off. */
export async function rebuildProjections(
  config: Config,
  names: readonly string[],
  options: RebuildOptions,
): Promise<Outcome> {
  const projections = options.all ? allProjections : projectionsNamed(names);
  if (projections.length === 0) throw new RangeError('name a projection, or say --all');
  return telling(() =>
    options.abort ? abortAll(config, projections) : rebuildAll(config, projections),
  );
}

async function rebuildAll(config: Config, projections: readonly Projection[]): Promise<Outcome> {
  const progress = createProgress();
  const signal = untilStopped();
  const resumed: string[] = [];
  const onDamaged = (line: string): unknown => resumed.push(line);
  const onResume = ({ name }: Projection, events: number): void => {
    resumed.push(`${name}: going on behind ${events} events`);
  };
  const given = { onResume, onProgress: progress.report, signal };
  const parks = parking(config.PARK_EVENTS);
  try {
    const rebuilt = await withStoresAnew(config, onDamaged, (stores) =>
      rebuild({ ...stores, ...given, parks, graceMs: graceMs(config) }, projections),
    );
    return told(rebuilt, resumed, progress.stop());
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Error('stopped; say the same again to go on, with --abort to give it up', {
      cause: error,
    });
  } finally {
    progress.stop();
  }
}

function told(
  rebuilt: readonly Rebuilt[],
  resumed: readonly string[],
  { done, seconds }: { readonly done: number; readonly seconds: string },
): Outcome {
  const list = rebuilt.map(({ projection: { name } }) => name);
  const aside = rebuilt.flatMap(({ projection: { name }, parked }) => setAside(name, parked));
  const line = `rebuilt ${list.join(', ')} from ${done} events in ${seconds} s`;
  const facts = { rebuilt: list, events: done, setAside: aside };
  return found(aside.length === 0, [...resumed, line, ...aside], facts);
}

const setAside = (name: string, parked: readonly Parked[]): readonly string[] =>
  parked.map(({ event, error }) => {
    const { type, stream, revision, position } = event;
    return `${name}: set aside from ${type} ${stream}@${revision} at ${position}: ${error}`;
  });

async function abortAll(config: Config, projections: readonly Projection[]): Promise<Outcome> {
  return withStores(config, async ({ readStore }) => {
    const calledOff: string[] = [];
    for (const projection of projections)
      if (await abortRebuild(readStore, projection)) calledOff.push(projection.name);
    const lines = projections.map(({ name }) =>
      calledOff.includes(name) ? `${name}: called off` : `${name}: no rebuild to call off`,
    );
    return found(calledOff.length > 0, lines, { calledOff });
  });
}

/** Points readers at the collection before the latest swap. */
export async function rollBack(config: Config, name: string): Promise<Outcome> {
  const [projection] = projectionsNamed([name]);
  if (!projection) throw new RangeError('name a projection');
  return telling(async () => {
    const parks = parking(config.PARK_EVENTS);
    const { parked, ...done } = await withStores(config, (stores) =>
      rollback({ ...stores, parks }, projection),
    );
    const lines = [`${name}: back from ${done.from} to ${done.to}; say the same again to undo it`];
    if (!done.isFollowed)
      lines.push(`${name}: another version of the program has filled it, and has to follow it`);
    const aside = setAside(name, parked);
    const facts = { projection: name, ...done, setAside: aside };
    return found(aside.length === 0, [...lines, ...aside], facts);
  });
}

/** What an operator must decide on is found; a fault is not caught. */
async function telling(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!EXPECTED.some((kind) => error instanceof kind)) throw error;
    const { message } = error as Error;
    return found(false, [message], { error: message });
  }
}
