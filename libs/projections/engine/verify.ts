import { streamPrefixes } from '#domain';
import type { EventStore, Position } from '#event-store';
import type { CollectionSpec, ReadStore, StoredDoc } from '#read-store';
import type { Projection } from '../projection.ts';
import { differenceOf, sideBySide, type Compared, type Difference } from './compare.ts';
import { exclusionsOf, skippedOnly } from './exclusions.ts';
import { readFaults } from './faults.ts';
import { fillAll, START, type Filling } from './fill.ts';
import { requireLive } from './generations.ts';
import { readCheckpoint } from './target.ts';

export interface Verification {
  /** Documents compared. */
  readonly documents: number;
  /** Documents that moved on while they were being compared; not judged. */
  readonly moved: number;
  /** How many differ; of `differences` there are no more than the first thousand. */
  readonly found: number;
  readonly differences: readonly Difference[];
}

/** `scratch` is an empty store for what the log makes of everything; its collections are dropped afterwards. */
export interface VerifyStores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly scratch: ReadStore;
}

export interface VerifyOptions {
  /** Only these documents. */
  readonly isIn?: ((id: string) => boolean) | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Told of each difference when it is found. */
  readonly onDifference?: (
    projection: Projection,
    difference: Difference,
    compared: Compared,
  ) => Promise<void>;
}

/** Differences kept for printing; beyond them only their number would be news. */
const MOST_DIFFERENCES = 1000;

/**
 * Folds the log anew into a scratch store, read once for all projections, each up to its live
 * collection's checkpoint and without what was skipped or set aside, and compares every document.
 * Both are walked in order of id, so memory stays bounded.
 */
export async function verifyAll(
  stores: VerifyStores,
  projections: readonly Projection[],
  options: VerifyOptions = {},
): Promise<readonly Verification[]> {
  const { eventStore, scratch } = stores;
  const folds = await Promise.all(projections.map((one) => beginFold(stores, one, options)));
  const fillings = folds.flatMap(({ filling }) => filling ?? []);
  const { onProgress } = options;
  const total = Math.max(0, ...folds.map(({ events }) => events));
  await fillAll({ eventStore, readStore: scratch }, fillings, { onProgress, total });
  const verifications: Verification[] = [];
  for (const fold of folds) verifications.push(await compareOne(stores, fold, options));
  return verifications;
}

export async function verify(
  stores: VerifyStores,
  projection: Projection,
  options: VerifyOptions = {},
): Promise<Verification> {
  const [verification] = await verifyAll(stores, [projection], options);
  return verification as Verification;
}

interface Fold {
  readonly projection: Projection;
  readonly spec: CollectionSpec;
  readonly position: Position | undefined;
  /** How many events that is. */
  readonly events: number;
  /** Undefined where no event has been taken yet. */
  readonly filling?: Filling;
}

async function beginFold(
  { readStore, scratch }: VerifyStores,
  projection: Projection,
  { isIn }: VerifyOptions,
): Promise<Fold> {
  const { spec } = await requireLive(readStore, projection);
  const { position, events } = await readCheckpoint(readStore, spec);
  if (position === undefined) return { projection, spec, position, events };
  const { skipped } = await skippedOnly(readStore, projection);
  const { parked } = await readFaults(readStore, spec);
  const into = { ...spec, indexes: [] };
  const filling = {
    projection: isIn ? only(projection, isIn) : projection,
    spec: into,
    load: await scratch.load(into),
    reached: START,
    exclusions: exclusionsOf(skipped, parked),
    parked: [],
    parks: false,
    until: position,
  };
  return { projection, spec, position, events, filling };
}

/** What it does to these documents. */
const only = (projection: Projection, isIn: (id: string) => boolean): Projection => ({
  ...projection,
  project: (event) => projection.project(event).filter(({ id }) => isIn(id)),
});

async function compareOne(
  { eventStore, readStore, scratch }: VerifyStores,
  { projection, spec, position }: Fold,
  { isIn, onDifference }: VerifyOptions,
): Promise<Verification> {
  const result = { documents: 0, moved: 0, found: 0, differences: [] as Difference[] };
  const live = isIn ? chosen(readStore.scan(spec), isIn) : readStore.scan(spec);
  for await (const compared of sideBySide(scratch.scan(spec), live)) {
    result.documents += 1;
    if (await hasMovedOn(eventStore, compared.found, position)) {
      result.moved += 1;
      continue;
    }
    const difference = differenceOf(compared);
    if (!difference) continue;
    result.found += 1;
    if (result.found <= MOST_DIFFERENCES) result.differences.push(difference);
    await onDifference?.(projection, difference, compared);
  }
  await scratch.drop(spec);
  return result;
}

/** Written since; but what claims to be ahead of the log itself is no later state, but damage. */
async function hasMovedOn(
  eventStore: EventStore,
  found: StoredDoc | undefined,
  position: Position | undefined,
): Promise<boolean> {
  if (!found || (position !== undefined && found.position <= position)) return false;
  const head = await eventStore.head(streamPrefixes);
  return head !== undefined && found.position <= head;
}

async function* chosen(
  docs: AsyncIterable<StoredDoc>,
  isIn: (id: string) => boolean,
): AsyncGenerator<StoredDoc> {
  for await (const doc of docs) if (isIn(doc.id)) yield doc;
}
