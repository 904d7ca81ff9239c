import type { Position } from '#event-store';
import type { CollectionSpec } from '#read-store';
import type { Projection } from '../projection.ts';
import type { Claim, RebuildRecord } from './claims.ts';
import { exclusionsOf, skippedOnly } from './exclusions.ts';
import { readFaults } from './faults.ts';
import { START, type Filling, type Milestone } from './fill.ts';
import { collectionOf, nextGeneration, parseCollection, specOf } from './generations.ts';
import type { Stores } from './stores.ts';
import { openTarget, readCheckpoint, type Target } from './target.ts';

/** A new collection being filled; or one that was filled already and only not swapped in. */
export interface Begun {
  readonly filling?: Filling;
  readonly filled?: Target;
}

/** Begins the next generation, or goes on with what an earlier rebuild has left. */
export async function beginNext(stores: Stores, claim: Claim): Promise<Begun> {
  const { readStore, onResume } = stores;
  const { projection, left } = claim;
  const filled = left && (await alreadyFilled(stores, projection, left));
  if (filled) {
    await claim.tell({ collection: filled.spec.name });
    onResume?.(projection, filled.events);
    return { filled };
  }
  const spec = collectionOf(projection, await nextGeneration(readStore, projection));
  await claim.tell({ collection: spec.name });
  return { filling: await beginFilling(stores, projection, { spec, left }) };
}

const isOfThisVersion = (projection: Projection, collection: string): boolean =>
  parseCollection(projection, collection)?.version === projection.version;

async function alreadyFilled(
  { readStore }: Stores,
  projection: Projection,
  { collection, state }: RebuildRecord,
): Promise<Target | undefined> {
  if (state === 'aborting' || !isOfThisVersion(projection, collection)) return undefined;
  const { position } = await readCheckpoint(readStore, { name: collection });
  if (position === undefined) return undefined;
  const spec = specOf(projection, collection);
  const { skipped } = await skippedOnly(readStore, projection);
  const { parked } = await readFaults(readStore, spec);
  return {
    ...(await openTarget(readStore, projection, spec)),
    exclusions: exclusionsOf(skipped, parked),
  };
}

async function beginFilling(
  { readStore, parks, onResume }: Stores,
  projection: Projection,
  { spec, left }: { readonly spec: CollectionSpec; readonly left: RebuildRecord | undefined },
): Promise<Filling> {
  const { skipped } = await skippedOnly(readStore, projection);
  const all = { projection, spec, parks: parks?.(projection) ?? false };
  const goOn = left && left.state !== 'aborting' && isOfThisVersion(projection, left.collection);
  const resumed = goOn ? await readStore.resume(spec, left.collection) : undefined;
  if (resumed) {
    const { position, events, parked } = resumed.milestone as unknown as Milestone;
    onResume?.(projection, events);
    const reached = { position: position as Position, events };
    const exclusions = exclusionsOf(skipped, parked);
    return { ...all, load: resumed.load, reached, exclusions, parked };
  }
  if (left) await readStore.drop({ name: left.collection });
  const load = await readStore.load(spec);
  return { ...all, load, reached: START, exclusions: exclusionsOf(skipped, []), parked: [] };
}
