import { streamPrefixes } from '#domain';
import type { EventStore, Position, RecordedEvent } from '#event-store';
import type { ReadStore } from '#read-store';
import { allProjections } from './all.ts';
import { findLive } from './engine/generations.ts';
import { readFailure } from './engine/status.ts';
import { readCheckpoint } from './engine/target.ts';
import type { Projection } from './projection.ts';

export interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  readonly collection: string | null;
  readonly position: string | null;
  /** Events of the log not yet in the read model. */
  readonly lag: number;
  /** How long the oldest of them has been in the log, in whole seconds, rounded up. */
  readonly lagSeconds: number;
  readonly state: 'never-run' | 'outdated' | 'failed' | 'behind' | 'live';
  readonly error: string | null;
}

/** The names of the projections that stand still because an event failed. */
export async function failedProjections(readStore: ReadStore): Promise<string[]> {
  const failures = await Promise.all(allProjections.map((one) => readFailure(readStore, one)));
  return allProjections.flatMap(({ name }, index) => (failures[index] ? [name] : []));
}

/** How a projection stands against the log, for operators. */
export async function projectionStatus(
  stores: { readonly eventStore: EventStore; readonly readStore: ReadStore },
  projection: Projection,
): Promise<ProjectionStatus> {
  const { eventStore, readStore } = stores;
  const live = await findLive(readStore, projection);
  const checkpoint = live && (await readCheckpoint(readStore, live.spec));
  const failure = await readFailure(readStore, projection);
  const lag = await eventStore.countAfter(checkpoint?.position, streamPrefixes);
  const waiting = lag > 0 ? await firstAfter(eventStore, checkpoint?.position) : undefined;
  return {
    name: projection.name,
    version: live?.version ?? projection.version,
    collection: live?.spec.name ?? null,
    position: checkpoint?.position ?? null,
    lag,
    lagSeconds: waiting ? secondsSince(waiting.recordedAt) : 0,
    state: stateOf(projection, live?.version, failure !== undefined, lag),
    error: failure?.error ?? null,
  };
}

const secondsSince = (instant: string): number =>
  Math.max(1, Math.ceil((Date.now() - Date.parse(instant)) / 1000));

async function firstAfter(
  eventStore: EventStore,
  after: Position | undefined,
): Promise<RecordedEvent | undefined> {
  const options = { after, prefixes: streamPrefixes, limit: 1 };
  for await (const event of eventStore.readAll(options)) return event;
  return undefined;
}

function stateOf(
  projection: Projection,
  version: number | undefined,
  failed: boolean,
  lag: number,
): ProjectionStatus['state'] {
  if (version === undefined) return 'never-run';
  if (failed) return 'failed';
  if (version !== projection.version) return 'outdated';
  return lag > 0 ? 'behind' : 'live';
}
