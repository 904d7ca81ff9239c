import type { Position, RecordedEvent } from '#event-store';
import type { ReadStore } from '#read-store';
import { partitionOf, type Projection } from '../projection.ts';
import { readDecisions, skippedIn } from './decisions.ts';
import type { Parked } from './faults.ts';

/** Events that are in the log and not in a collection. */
export interface Exclusions {
  readonly skipped: ReadonlySet<Position>;
  /** Partitions set aside, each from a position on. */
  readonly parked: ReadonlyMap<string, Position>;
}

export const exclusionsOf = (
  skipped: ReadonlySet<Position>,
  parked: readonly Parked[],
): Exclusions => ({
  skipped,
  parked: new Map(parked.map(({ partition, event }) => [partition, event.position])),
});

/** What an operator has skipped, and nothing parked: where a collection begins. */
export async function skippedOnly(
  readStore: ReadStore,
  projection: Projection,
): Promise<Exclusions> {
  return exclusionsOf(skippedIn(await readDecisions(readStore, projection)), []);
}

/** The events of a batch that are to be taken; nearly always the batch itself. */
export function admitted<T extends Pick<RecordedEvent, 'stream' | 'position'>>(
  projection: Pick<Projection, 'partition'>,
  { skipped, parked }: Exclusions,
  batch: readonly T[],
): readonly T[] {
  if (skipped.size === 0 && parked.size === 0) return batch;
  return batch.filter(({ stream, position }) => {
    const since = parked.get(partitionOf(projection, stream));
    return !skipped.has(position) && (since === undefined || position < since);
  });
}
