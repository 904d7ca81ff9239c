import { streamPrefixes } from '#domain';
import type { EventStore, RecordedEvent } from '#event-store';
import { Fenced, ReadStoreUnavailable, type ReadStore } from '#read-store';
import { apply } from '../folding/advance.ts';
import { saveCheckpoint, type Target } from '../folding/checkpoint.ts';
import { EventFault, nameOf } from '../folding/event-fault.ts';
import { exclusionsIn } from '../folding/exclusions.ts';
import { inCollection, withoutParked, withParked } from '../ledger/faults.ts';
import { isSkipped, type Parked } from '../ledger/ledger.ts';
import { changeLedger, type Changed } from '../ledger/record.ts';
import { partitionOf } from '../projection.ts';

const BATCH = 500;

interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
}

export interface Retried {
  readonly target: Target;
  readonly changed: Changed;
  /** Why it still stays aside; null where it was taken up. */
  readonly error: string | null;
}

/**
 * Takes what was set aside of a partition, up to where the collection has come; from an event that
 * still fails on, the partition stays set aside. No document is made by events of two partitions,
 * so nothing else has waited for it.
 */
export async function retryParked(
  stores: Stores,
  target: Target,
  parked: Parked,
): Promise<Retried> {
  const { readStore } = stores;
  const { spec, projection } = target;
  const still = await takeAgain(stores, target, parked);
  // What was taken is on the disk before the ledger says that it was.
  const saved = await saveCheckpoint(readStore, target, target, 'durable');
  const change = still ? withParked(still) : withoutParked(parked.partition);
  const changed = await changeLedger(readStore, projection, (ledger) =>
    inCollection(ledger, spec.name, change),
  );
  const exclusions = exclusionsIn(changed.after, spec.name);
  return { target: { ...saved, exclusions }, changed, error: still?.error ?? null };
}

/** Answers what still stays aside. */
async function takeAgain(
  { eventStore, readStore }: Stores,
  target: Target,
  parked: Parked,
): Promise<Parked | undefined> {
  const fault = await firstFault(readStore, target, eventsOf(eventStore, target, parked));
  if (!fault) return undefined;
  const { event, cause } = fault;
  return { ...parked, event, error: String(cause), at: new Date().toISOString(), retry: false };
}

/** Takes events as far as it goes, and answers what it does not get past. */
async function firstFault(
  readStore: ReadStore,
  target: Target,
  events: AsyncIterable<RecordedEvent>,
): Promise<EventFault | undefined> {
  let batch: RecordedEvent[] = [];
  for await (const event of events) {
    batch.push(event);
    if (batch.length < BATCH) continue;
    const fault = await faultIn(readStore, target, batch);
    if (fault) return fault;
    batch = [];
  }
  return faultIn(readStore, target, batch);
}

/** A batch is projected as a whole before it is folded: what it fails on need not be its first fault. */
async function faultIn(
  readStore: ReadStore,
  target: Target,
  batch: readonly RecordedEvent[],
): Promise<EventFault | undefined> {
  try {
    await apply(readStore, target, batch);
    return undefined;
  } catch (error) {
    if (isOfStore(error)) throw error;
  }
  for (const event of batch) {
    try {
      await apply(readStore, target, [event]);
    } catch (error) {
      if (isOfStore(error)) throw error;
      return error instanceof EventFault ? error : new EventFault(nameOf(event, event.type), error);
    }
  }
  // It went well this time.
  return undefined;
}

/** No event's fault. */
const isOfStore = (error: unknown): boolean =>
  error instanceof Fenced || error instanceof ReadStoreUnavailable;

/** The partition's events from the one at fault to where the collection has come. */
async function* eventsOf(
  eventStore: EventStore,
  { projection, position: end, exclusions }: Target,
  { partition, event }: Parked,
): AsyncGenerator<RecordedEvent> {
  const { stream, revision } = event;
  const events =
    partition === stream
      ? eventStore.readStream(stream, { from: revision })
      : eventStore.readAll({ prefixes: streamPrefixes });
  for await (const one of events) {
    if (end === undefined || one.position > end) return;
    if (one.position < event.position || isSkipped(exclusions.skipped, one)) continue;
    if (partitionOf(projection, one.stream) === partition) yield one;
  }
}
