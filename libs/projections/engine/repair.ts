import type { Projection } from '../projection.ts';
import type { Compared, Difference } from './compare.ts';
import { requireLive } from './generations.ts';
import { verify, type VerifyOptions, type VerifyStores } from './verify.ts';

export interface Repair {
  /** Documents put right. */
  readonly repaired: number;
  /** What still differs, after as many rounds as are worth it. */
  readonly left: number;
}

export interface RepairOptions extends Pick<VerifyOptions, 'onProgress'> {
  /** Told of each difference before it is put right. */
  readonly onDifference?: ((difference: Difference) => void) | undefined;
}

/**
 * A document that changes while it is put right is made from what it was; the next round finds it
 * again. So many rounds are only needed where the same documents change all the time.
 */
const MOST_ROUNDS = 5;

/**
 * Puts exactly those documents right that are not what the log makes of them, while the log is
 * followed and the read model read, and proves it: the documents concerned are verified again.
 */
export async function repair(
  stores: VerifyStores,
  projection: Projection,
  options: RepairOptions = {},
): Promise<Repair> {
  const { onDifference, onProgress } = options;
  const touched = new Set<string>();
  const first = await oneRound(stores, projection, { onDifference, onProgress }, touched);
  let left = first;
  for (let round = 1; left > 0 && round < MOST_ROUNDS; round += 1) {
    const isIn = (id: string): boolean => touched.has(id);
    left = await oneRound(stores, projection, { isIn, onProgress }, touched);
  }
  return { repaired: touched.size - left, left };
}

/** Answers how many differed. */
async function oneRound(
  stores: VerifyStores,
  projection: Projection,
  options: RepairOptions & Pick<VerifyOptions, 'isIn'>,
  touched: Set<string>,
): Promise<number> {
  const { readStore } = stores;
  const { spec } = await requireLive(readStore, projection);
  const mend = async (difference: Difference, { expected, found }: Compared): Promise<void> => {
    options.onDifference?.(difference);
    touched.add(difference.id);
    await readStore.mend(spec, { id: difference.id, found: found?.position, doc: expected });
  };
  const { isIn, onProgress } = options;
  const verified = await verify(stores, projection, {
    isIn,
    onProgress,
    onDifference: (_, difference, compared) => mend(difference, compared),
  });
  return verified.found;
}
