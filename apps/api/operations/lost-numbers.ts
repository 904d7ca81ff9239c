import { setTimeout as delay } from 'node:timers/promises';
import { knownAstray } from '#projections';
import type { Stores } from '../stores.ts';

type PauseLost = (known: Awaited<ReturnType<typeof knownAstray>>) => Promise<void>;

/** How long a start waits to hear whether the read models know of more than the log, in milliseconds. */
const KNOWN_WITHIN_MS = 5000;

/** Before the first number is given; where the stores do not say in time, whoever follows the log will. */
export async function pauseBeforeFirstNumber(stores: Stores, pauseLost: PauseLost): Promise<void> {
  const pausing = knownAstray(stores)
    .then(pauseLost)
    .catch(() => undefined);
  await Promise.race([pausing, delay(KNOWN_WITHIN_MS, undefined, { ref: false })]);
}
