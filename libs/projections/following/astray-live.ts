import { astrayFrom } from '../checking/astray.ts';
import { readCheckpoint } from '../folding/checkpoint.ts';
import { foundAgain, strayed } from '../ledger/faults.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { changeLedger } from '../ledger/record.ts';
import { knownNumbers } from '../known-numbers.ts';
import { bookDetails } from '../models/book-details.ts';
import type { Projection } from '../projection.ts';
import type { Work } from './work.ts';

/**
 * The ledger, once it is known whether the live collection was filled from this very log: a log that
 * was put back, or another server, makes it wrong however far its checkpoint says it has come.
 * Readers are told by the ledger, operators by the log.
 */
export async function withLogChecked(
  { follower, astray }: Work,
  projection: Projection,
  ledger: Ledger,
): Promise<Ledger> {
  const { eventStore, readStore, log, onAstray } = follower;
  const { collection } = ledger.live;
  const { name } = projection;
  const reason = await astrayFrom(
    eventStore,
    await readCheckpoint(readStore, { name: collection }),
  );
  if (reason === undefined) {
    if (!ledger.live.astray) return ledger;
    log('info', 'projector: a read model is of this log after all', { name, collection });
    return (await changeLedger(readStore, projection, (now) => foundAgain(now, collection))).after;
  }
  if (!astray.has(collection)) {
    const message = 'projector: a read model is of another log, and is filled again';
    log('error', message, { name, collection, reason });
    if (name === bookDetails.name) await onAstray?.(await knownNumbers(readStore));
    astray.add(collection);
  }
  const since = new Date().toISOString();
  const { after } = await changeLedger(readStore, projection, (now) =>
    strayed(now, collection, { reason, since }),
  );
  return after;
}
