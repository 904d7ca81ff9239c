import { pausingAhead, Runners } from '#commands';
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
  type Follower,
  type Parked,
  type Projection,
  type Rebuilt,
} from '#projections';
import { found, type Outcome } from '../outcome.ts';
import { createProgress } from '../progress.ts';
import { recordedBy } from '../recorded-by.ts';
import { untilStopped } from '../run.ts';
import { withStores, withStoresAnew, type OpsStores } from '../stores.ts';

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
  const before: string[] = [];
  const onDamaged = (line: string): unknown => before.push(line);
  const onResume = ({ name }: Projection, events: number): void => {
    before.push(`${name}: going on behind ${events} events`);
  };
  const given = { onResume, onProgress: progress.report, signal };
  const parks = parking(config.PARK_EVENTS);
  try {
    const rebuilt = await withStoresAnew(config, onDamaged, (stores) =>
      rebuild(
        {
          ...{ ...stores, ...given, parks, graceMs: graceMs(config) },
          onAstray: pausingLost(config, stores, before),
        },
        projections,
      ),
    );
    return told(rebuilt, before, progress.stop());
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new Error('stopped; say the same again to go on, with --abort to give it up', {
      cause: error,
    });
  } finally {
    progress.stop();
  }
}

/**
 * As the service does when it starts: registers of which the read models know more numbers than the
 * log are paused, and that is among what is told.
 */
const pausingLost =
  (config: Config, { eventStore }: OpsStores, lines: string[]): NonNullable<Follower['onAstray']> =>
  async (known) => {
    const clock = await recordedBy(config, eventStore);
    const runners = new Runners(eventStore, { now: () => clock.now() });
    const pause = pausingAhead({ runners, eventStore }, (message, { streams, remedy }) => {
      lines.push(`${message}: ${streams.join(', ')}; ${remedy}`);
    });
    await pause(known);
  };

function told(
  rebuilt: readonly Rebuilt[],
  before: readonly string[],
  { done, seconds }: { readonly done: number; readonly seconds: string },
): Outcome {
  const list = rebuilt.map(({ projection: { name } }) => name);
  const aside = rebuilt.flatMap(({ projection: { name }, parked }) => setAside(name, parked));
  const line = `rebuilt ${list.join(', ')} from ${done} events in ${seconds} s`;
  const facts = { rebuilt: list, events: done, setAside: aside };
  return found(aside.length === 0, [...before, line, ...aside], facts);
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
    const before: string[] = [];
    const { parked, ...done } = await withStores(config, (stores) =>
      rollback({ ...stores, parks, onAstray: pausingLost(config, stores, before) }, projection),
    );
    const lines = [
      ...before,
      `${name}: back from ${done.from} to ${done.to}; say the same again to undo it`,
    ];
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
