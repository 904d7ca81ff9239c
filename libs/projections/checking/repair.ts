import { setTimeout as delay } from 'node:timers/promises';
import { streamPrefixes } from '#domain';
import type { ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import type { Compared, Difference } from './compare.ts';
import { readCheckpoint } from '../folding/checkpoint.ts';
import { readLease } from '../following/lease-record.ts';
import { specOf } from '../ledger/collections.ts';
import type { EventName } from '../ledger/ledger.ts';
import { requireLedger } from '../ledger/record.ts';
import type { VerifyStores } from './fresh-fold.ts';
import { verify, type Verification, type VerifyOptions } from './verify.ts';

export interface Repair {
  /** Documents compared. */
  readonly documents: number;
  /** Documents put right. */
  readonly repaired: number;
  /** What still differs, or changes so often that it could not be judged, after as many rounds as are worth it. */
  readonly left: number;
  /** Events from which on a stream is set aside: nothing of it was put right. */
  readonly setAside: readonly EventName[];
}

export interface RepairOptions extends Pick<VerifyOptions, 'onProgress' | 'signal'> {
  /** Told of each difference before it is put right. */
  readonly onDifference?: ((difference: Difference) => void) | undefined;
}

/** Many are only needed where the same documents change all the time. */
const MOST_ROUNDS = 10;
const LOOK_MS = 50;
/** A projector that does not come past the head of the log in this time stands still. */
const PATIENCE_MS = 10_000;

/**
 * Puts exactly those documents right that are not what the log makes of them, while the log is
 * followed and the read model read, and proves it: the documents concerned are verified again.
 */
export async function repair(
  stores: VerifyStores,
  projection: Projection,
  options: RepairOptions = {},
): Promise<Repair> {
  const { onDifference, onProgress, signal } = options;
  const touched = new Set<string>();
  const asked = { onProgress, signal };
  const first = await oneRound(stores, projection, { ...asked, onDifference }, touched);
  let left = first.found;
  for (let round = 1; left > 0 && round < MOST_ROUNDS; round += 1) {
    await settled(stores, projection);
    const isIn = (id: string): boolean => touched.has(id);
    const { found, moved } = await oneRound(stores, projection, { ...asked, isIn }, touched);
    left = found + moved;
  }
  const { documents, setAside } = first;
  return { documents, repaired: touched.size - left, left, setAside };
}

/**
 * A projector that had read a damaged document just before it was put right writes its change over
 * it, damage and all. Once it has passed what is the head of the log now, it has done so, if at all.
 */
async function settled(
  { eventStore, readStore }: VerifyStores,
  projection: Projection,
): Promise<void> {
  const { live } = await requireLedger(readStore, projection);
  const head = await eventStore.head(streamPrefixes);
  const end = performance.now() + PATIENCE_MS;
  while (head !== undefined && performance.now() < end) {
    const { position } = await readCheckpoint(readStore, { name: live.collection });
    if (position !== undefined && position >= head) return;
    if (!(await isRun(readStore, projection))) return;
    await delay(LOOK_MS);
  }
}

const isRun = async (readStore: ReadStore, projection: Projection): Promise<boolean> =>
  ((await readLease(readStore, projection))?.holder ?? null) !== null;

async function oneRound(
  stores: VerifyStores,
  projection: Projection,
  options: RepairOptions & Pick<VerifyOptions, 'isIn'>,
  touched: Set<string>,
): Promise<Verification> {
  const { readStore } = stores;
  const { live } = await requireLedger(readStore, projection);
  const spec = specOf(projection, live.collection);
  const mend = async (difference: Difference, { expected, found }: Compared): Promise<void> => {
    options.onDifference?.(difference);
    touched.add(difference.id);
    await readStore.mend(spec, { id: difference.id, found: found?.position, doc: expected });
  };
  const { isIn, onProgress, signal } = options;
  return verify(stores, projection, {
    isIn,
    onProgress,
    signal,
    // A document must not be put right by a fold that stops short of what made it.
    parks: false,
    onDifference: (_, difference, compared) => mend(difference, compared),
  });
}
