import { streamPrefixes } from '#domain';
import type { EventStore, Position } from '#event-store';
import type { StoredDoc } from '#read-store';
import type { Projection } from '../projection.ts';
import { beginFold, type Fold, type VerifyStores } from './fresh-fold.ts';
import { differenceOf, sideBySide, type Compared, type Difference } from './compare.ts';
import type { EventName } from '../ledger/ledger.ts';
import { fillAll } from '../rebuilding/fill.ts';

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

export interface VerifyOptions {
  /** Only these documents. */
  readonly isIn?: ((id: string) => boolean) | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Stops it. */
  readonly signal?: AbortSignal | undefined;
  /** Whether what cannot be taken is set aside and named, as it is by default; else it is thrown. */
  readonly parks?: boolean | undefined;
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
  const { onProgress, signal } = options;
  await fillAll({ eventStore, readStore: scratch }, fillings, { onProgress, signal });
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

async function compareOne(
  { eventStore, readStore, scratch }: VerifyStores,
  { projection, spec, position, skipped, filling, ...fold }: Fold,
  { isIn, onDifference, signal }: VerifyOptions,
): Promise<Verification> {
  const differences: Difference[] = [];
  // What the fold itself could not take, and the read model perhaps did: by an older version's lights.
  const setAside = [...fold.setAside, ...(filling?.parked.map(({ event }) => event) ?? [])];
  const result = { documents: 0, moved: 0, found: 0, differences, skipped, setAside };
  const live = isIn ? sampled(readStore.scan(spec), isIn) : readStore.scan(spec);
  for await (const compared of sideBySide(scratch.scan(spec), live)) {
    signal?.throwIfAborted();
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

async function* sampled(
  docs: AsyncIterable<StoredDoc>,
  isIn: (id: string) => boolean,
): AsyncGenerator<StoredDoc> {
  for await (const doc of docs) if (isIn(doc.id)) yield doc;
}
