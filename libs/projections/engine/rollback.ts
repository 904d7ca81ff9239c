import { streamPrefixes } from '#domain';
import type { EventStore } from '#event-store';
import type { ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { RebuildOvertaken } from './claims.ts';
import { exclusionsOf, skippedOnly } from './exclusions.ts';
import { readFaults } from './faults.ts';
import { moveLive, parseCollection, requireLive, specOf } from './generations.ts';
import { advance, openTarget } from './target.ts';

/** There is no previous collection any more; nothing was changed. */
export class NothingToRollBackTo extends Error {
  override readonly name = 'NothingToRollBackTo';
}

export interface RolledBack {
  readonly from: string;
  readonly to: string;
  /** False where another version of the projection has filled it: only that one's program follows it. */
  readonly isFollowed: boolean;
}

/**
 * Readers go back to the collection before the latest swap, brought up to the head of the log first
 * where this version of the projection has filled it. Done again, it is undone. Processes do not
 * rebuild what was gone back from by themselves.
 * @throws NothingToRollBackTo @throws RebuildOvertaken
 */
export async function rollback(
  stores: { readonly eventStore: EventStore; readonly readStore: ReadStore },
  projection: Projection,
): Promise<RolledBack> {
  const { readStore } = stores;
  const live = await requireLive(readStore, projection);
  const { previous } = live;
  if (previous === null || !(await readStore.collections()).includes(previous)) {
    throw new NothingToRollBackTo(`${projection.name}: the previous collection is gone`);
  }
  const version = parseCollection(projection, previous)?.version ?? 0;
  const isFollowed = version === projection.version;
  if (isFollowed) await catchUp(stores, projection, previous);
  const highest = Math.max(live.version, live.rolledBackFrom ?? 0);
  const to = {
    collection: previous,
    previous: live.collection,
    rolledBackFrom: version < highest ? highest : null,
    record: live.record,
  };
  if (!(await moveLive(readStore, projection, to))) {
    throw new RebuildOvertaken(`${projection.name} was swapped by another process`);
  }
  return { from: live.collection, to: previous, isFollowed };
}

async function catchUp(
  { eventStore, readStore }: { readonly eventStore: EventStore; readonly readStore: ReadStore },
  projection: Projection,
  collection: string,
): Promise<void> {
  const spec = specOf(projection, collection);
  const { skipped } = await skippedOnly(readStore, projection);
  const { parked } = await readFaults(readStore, spec);
  const opened = await openTarget(readStore, projection, spec);
  let target = { ...opened, exclusions: exclusionsOf(skipped, parked) };
  const after = target.position;
  for await (const batch of eventStore.readPages({ after, prefixes: streamPrefixes })) {
    target = { ...target, ...(await advance(readStore, target, batch)) };
  }
}
