import type { Follower } from '../following/follower.ts';
import { readCheckpoint } from '../folding/checkpoint.ts';
import { foundAgain, strayed } from '../ledger/faults.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { changeLedger } from '../ledger/record.ts';
import { knownNumbers } from '../known-numbers.ts';
import { bookDetails } from '../models/book-details.ts';
import type { Projection } from '../projection.ts';
import { astrayFrom } from './astray.ts';

/** Where it is looked, and who is told. */
export type LogAsked = Pick<Follower, 'eventStore' | 'readStore' | 'onAstray'> &
  Partial<Pick<Follower, 'log'>>;

/**
 * The ledger, once it is known whether the live collection was filled from this very log: a log that
 * was put back, or another server, makes it wrong however far its checkpoint says it has come.
 * Readers are told by the ledger, operators by the log. Asked before the collection is followed, and
 * before another takes its place: what it knows beyond the log is known nowhere else.
 * @param told the collections of which somebody was told already
 */
export async function withLogChecked(
  { eventStore, readStore, log, onAstray }: LogAsked,
  projection: Projection,
  ledger: Ledger,
  told = new Set<string>(),
): Promise<Ledger> {
  const { collection } = ledger.live;
  const { name } = projection;
  const reason = await astrayFrom(
    eventStore,
    await readCheckpoint(readStore, { name: collection }),
  );
  if (reason === undefined) {
    if (!ledger.live.astray) return ledger;
    log?.('info', 'projector: a read model is of this log after all', { name, collection });
    return (await changeLedger(readStore, projection, (now) => foundAgain(now, collection))).after;
  }
  if (!told.has(collection)) {
    const message = 'projector: a read model is of another log, and is filled again';
    log?.('error', message, { name, collection, reason });
    if (name === bookDetails.name) await onAstray?.(await knownNumbers(readStore));
    told.add(collection);
  }
  const since = new Date().toISOString();
  const { after } = await changeLedger(readStore, projection, (now) =>
    strayed(now, collection, { reason, since }),
  );
  return after;
}
