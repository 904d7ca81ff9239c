import { streamPrefixes } from '#domain';
import type { EventStore, RecordedEvent } from '#event-store';
import { partitionOf } from '../projection.ts';
import {
  changeFaults,
  EventFault,
  readFaults,
  withoutParked,
  withParked,
  type Parked,
  type RecordedFaults,
} from './faults.ts';
import type { Follower } from './follower.ts';
import { apply, type Target } from './target.ts';

const BATCH = 500;

/**
 * Takes what was set aside of these partitions, up to where the collection has come; from an event
 * that still fails on, the partition stays set aside. No document is made by events of two
 * partitions, so nothing else has waited for these.
 */
export async function retryParked(
  { eventStore, readStore, log }: Pick<Follower, 'eventStore' | 'readStore' | 'log'>,
  target: Target,
  partitions: readonly Parked[],
): Promise<RecordedFaults> {
  const { spec, projection } = target;
  for (const parked of partitions) {
    const { partition } = parked;
    const left = await takeUp({ eventStore, readStore }, target, parked);
    const detail = { name: projection.name, partition, error: left?.error ?? null };
    log(left ? 'error' : 'info', 'projector: what was set aside was tried again', detail);
    await changeFaults(readStore, spec, left ? withParked(left) : withoutParked(partition));
  }
  return readFaults(readStore, spec);
}

/** Answers what still stays aside. */
async function takeUp(
  { eventStore, readStore }: Pick<Follower, 'eventStore' | 'readStore'>,
  target: Target,
  parked: Parked,
): Promise<Parked | undefined> {
  let batch: RecordedEvent[] = [];
  try {
    for await (const event of eventsOf(eventStore, target, parked)) {
      batch.push(event);
      if (batch.length < BATCH) continue;
      await apply(readStore, target, batch);
      batch = [];
    }
    await apply(readStore, target, batch);
    return undefined;
  } catch (error) {
    if (!(error instanceof EventFault)) throw error;
    const { event, cause } = error;
    const before = batch.filter(({ position }) => position < event.position);
    await apply(readStore, target, before);
    return { ...parked, event, error: String(cause), at: new Date().toISOString(), retry: false };
  }
}

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
    if (one.position < event.position || exclusions?.skipped.has(one.position)) continue;
    if (partitionOf(projection, one.stream) === partition) yield one;
  }
}
