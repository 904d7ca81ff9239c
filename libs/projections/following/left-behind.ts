import { attemptsAt, failureOf, troubleOf } from '../faults/troubles.ts';
import { inCollection, withFailure } from '../ledger/faults.ts';
import { changeLedger, type Changed } from '../ledger/record.ts';
import type { Projection } from '../projection.ts';
import type { Work } from './work.ts';

/**
 * Leaves a projection behind, to be tried again after a pause; or not, where it was tried enough.
 * The log and the ledger say so.
 */
export async function leaveBehind(
  { follower, troubles }: Work,
  projection: Projection,
  collection: string,
  error: unknown,
): Promise<Changed> {
  const { readStore, log, firstPauseMs } = follower;
  const { name } = projection;
  const attempts = attemptsAt(error, troubles.get(name));
  const failure = failureOf(error, attempts);
  const what = failure.stopped ? 'has stopped' : 'failed, and is tried again';
  const { error: said, event } = failure;
  log('error', `projector: a projection ${what}`, { name, error: said, event, attempts });
  troubles.set(name, troubleOf(error, attempts, firstPauseMs));
  return changeLedger(readStore, projection, (ledger) =>
    inCollection(ledger, collection, withFailure(failure)),
  );
}
