import { streamPrefixes } from '#domain';
import type { EventStore } from '#event-store';
import type { ReadStore } from '#read-store';
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
  readonly state: 'never-run' | 'outdated' | 'failed' | 'behind' | 'live';
  readonly error: string | null;
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
  return {
    name: projection.name,
    version: live?.version ?? projection.version,
    collection: live?.spec.name ?? null,
    position: checkpoint?.position ?? null,
    lag,
    state: stateOf(projection, live?.version, failure !== undefined, lag),
    error: failure?.error ?? null,
  };
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
