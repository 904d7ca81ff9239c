import { EventStoreRefuses, type EventStore } from '#event-store';
import type { ReadStore } from '#read-store';
import { allProjections } from '../all.ts';
import { readCheckpoint } from '../folding/checkpoint.ts';
import { findLedger } from '../ledger/record.ts';

interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
}

/** What is configured, by where it lies. */
interface Where {
  readonly EVENTSTORE_URL?: string | undefined;
  readonly MONGODB_URL?: string | undefined;
}

const REMEDY =
  'put events.db back together with the events.db-wal that lay beside it; or move it away and `ops restore` a backup; to begin anew, move read.db and heads.db away too';

/**
 * A log file without one event beside read models that were filled from one is no new log but a lost
 * one: it was emptied, or what was written to it last was taken away from beside it. On servers a log
 * is not lost by moving files, and read models of another one are filled anew.
 * @throws EventStoreRefuses
 */
export async function requireNoLostLog(
  { EVENTSTORE_URL, MONGODB_URL }: Where,
  { eventStore, readStore }: Stores,
): Promise<void> {
  if (EVENTSTORE_URL !== undefined || MONGODB_URL !== undefined) return;
  if ((await eventStore.head()) !== undefined) return;
  for (const projection of allProjections) {
    const { name } = projection;
    const events = await filledFrom(readStore, projection).catch(() => 0);
    if (events === 0) continue;
    throw new EventStoreRefuses(
      `events.db holds no event, and ${name} in read.db was filled from ${events}: the log is lost`,
      REMEDY,
    );
  }
}

/** How many events the live collection was made from. Read models that cannot be read know nothing. */
async function filledFrom(
  readStore: ReadStore,
  projection: (typeof allProjections)[number],
): Promise<number> {
  const live = (await findLedger(readStore, projection))?.live;
  if (!live) return 0;
  const { position, events } = await readCheckpoint(readStore, { name: live.collection });
  return position === undefined ? 0 : Math.max(1, events);
}
