import { streamPrefixes } from '#domain';
import type { EventStore, Position } from '#event-store';
import type { CollectionSpec, ReadStore, StoredDoc } from '#read-store';
import type { Projection } from '../projection.ts';
import { differenceOf, sideBySide, type Compared, type Difference } from './compare.ts';
import { readCheckpoint, START } from '../folding/checkpoint.ts';
import { exclusionsIn } from '../folding/exclusions.ts';
import { specOf } from '../ledger/collections.ts';
import type { EventName } from '../ledger/ledger.ts';
import { requireLedger } from '../ledger/record.ts';
import { fillAll, type Filling } from '../rebuilding/fill.ts';
import { astrayFrom } from './astray.ts';

export interface Verification {
  /** Documents compared. */
  readonly documents: number;
  /** Documents that moved on while they were being compared; not judged. */
  readonly moved: number;
  /** How many differ; of `differences` there are no more than the first thousand. */
  readonly found: number;
  readonly differences: readonly Difference[];
  /** Events that are in no document by an operator's word: nothing is said of them. */
  readonly skipped: readonly EventName[];
  /** Events from which on a stream is set aside: nothing is said of what follows there. */
  readonly setAside: readonly EventName[];
}

/** The read model was filled from another log: there is nothing to compare it with. */
export class ReadModelAstray extends Error {
  override readonly name = 'ReadModelAstray';
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
  await fillAll({ eventStore, readStore: scratch }, fillings, { onProgress });
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
  readonly skipped: readonly EventName[];
  readonly setAside: readonly EventName[];
  /** Undefined where no event has been taken yet. */
  readonly filling?: Filling;
}

/** @throws ReadModelAstray */
async function beginFold(
  { eventStore, readStore, scratch }: VerifyStores,
  projection: Projection,
  { isIn }: VerifyOptions,
): Promise<Fold> {
  const ledger = await requireLedger(readStore, projection);
  const { collection, faults } = ledger.live;
  const spec = specOf(projection, collection);
  const checkpoint = await readCheckpoint(readStore, spec);
  const reason = await astrayFrom(eventStore, checkpoint);
  if (reason !== undefined)
    throw new ReadModelAstray(`${projection.name}: ${collection} ${reason}`);
  const skipped = ledger.decisions.flatMap(({ kind, event }) =>
    kind === 'skip' && event ? [event] : [],
  );
  const setAside = faults.parked.map(({ event }) => event);
  const fold = { projection, spec, position: checkpoint.position, skipped, setAside };
  if (checkpoint.position === undefined) return fold;
  const into = { ...spec, indexes: [] };
  const filling = {
    projection: isIn ? only(projection, isIn) : projection,
    spec: into,
    load: await scratch.load(into),
    reached: START,
    exclusions: exclusionsIn(ledger, collection),
    parked: [],
    parks: false,
    until: checkpoint.position,
  };
  return { ...fold, filling };
}

/** What it does to these documents. */
const only = (projection: Projection, isIn: (id: string) => boolean): Projection => ({
  ...projection,
  project: (event) => projection.project(event).filter(({ id }) => isIn(id)),
});

async function compareOne(
  { eventStore, readStore, scratch }: VerifyStores,
  { projection, spec, position, skipped, setAside }: Fold,
  { isIn, onDifference }: VerifyOptions,
): Promise<Verification> {
  const differences: Difference[] = [];
  const result = { documents: 0, moved: 0, found: 0, differences, skipped, setAside };
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
    if (result.found <= MOST_DIFFERENCES) differences.push(difference);
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
