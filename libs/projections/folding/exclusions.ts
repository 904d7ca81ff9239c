import type { Position, RecordedEvent } from '#event-store';
import { isSkipped, skippedIn, type Ledger, type Parked, type Skipped } from '../ledger/ledger.ts';
import { faultsOf } from '../ledger/keeping.ts';
import { concerns, partitionOf, type Projection } from '../projection.ts';

/** Events that are in the log and not in a collection. */
export interface Exclusions {
  readonly skipped: Skipped;
  /** Partitions set aside, each from a position on. */
  readonly parked: ReadonlyMap<string, Position>;
}

export const exclusionsOf = (skipped: Skipped, parked: readonly Parked[]): Exclusions => ({
  skipped,
  parked: new Map(parked.map(({ partition, event }) => [partition, event.position])),
});

export const NOTHING_EXCLUDED: Exclusions = exclusionsOf(new Set(), []);

/** What is not in one of the read model's collections. */
export const exclusionsIn = (ledger: Ledger, collection: string): Exclusions =>
  exclusionsOf(skippedIn(ledger), faultsOf(ledger, collection)?.parked ?? []);

/** The events of a batch that are to be taken: of streams the projection reads, and not left out. */
export function admitted<T extends Pick<RecordedEvent, 'id' | 'stream' | 'revision' | 'position'>>(
  projection: Pick<Projection, 'partition' | 'reads'>,
  { skipped, parked }: Exclusions,
  batch: readonly T[],
): readonly T[] {
  const mine = batch.filter(({ stream }) => concerns(projection, stream));
  if (skipped.size === 0 && parked.size === 0) return mine;
  return mine.filter((event) => {
    const since = parked.get(partitionOf(projection, event.stream));
    return !isSkipped(skipped, event) && (since === undefined || event.position < since);
  });
}
