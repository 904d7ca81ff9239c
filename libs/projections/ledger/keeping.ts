import type { Faults, Ledger } from './ledger.ts';

/** Which collections a ledger names, how long, and what is known of each. */

/** The previous collection is given up once its time is over. */
export function expired(ledger: Ledger, { now, graceMs }: Grace): Ledger {
  const age = now.getTime() - Date.parse(ledger.live.movedAt);
  return ledger.previous === null || age < graceMs ? ledger : { ...ledger, previous: null };
}

/** How long a previous collection is kept, and what time it is. */
export interface Grace {
  readonly now: Date;
  readonly graceMs: number;
}

/** Collections that somebody needs. */
export const neededBy = ({ live, previous, next }: Ledger): readonly string[] =>
  [live.collection, previous?.collection, next?.collection, next?.from].filter(
    (name) => name !== undefined && name !== null,
  );

/** What keeps events out of the collection; undefined where the ledger no longer knows it. */
export const faultsOf = (
  { live, previous, next }: Ledger,
  collection: string,
): Faults | undefined =>
  [live, previous, next].find((one) => one?.collection === collection)?.faults;
