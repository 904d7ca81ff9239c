import type { RecordedEvent } from '#event-store';
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
 * Takes what was set aside of these streams, up to where the collection has come; from an event
 * that still fails on, the stream stays set aside. Documents are made by the events of one stream
 * only, so nothing else has waited for these.
 */
export async function retryParked(
  { eventStore, readStore, log }: Pick<Follower, 'eventStore' | 'readStore' | 'log'>,
  target: Target,
  streams: readonly Parked[],
): Promise<RecordedFaults> {
  const { spec, projection } = target;
  for (const parked of streams) {
    const { stream } = parked.event;
    const left = await takeStream({ eventStore, readStore }, target, parked);
    const detail = { name: projection.name, stream, error: left?.error ?? null };
    log(left ? 'error' : 'info', 'projector: a stream set aside was tried again', detail);
    await changeFaults(readStore, spec, left ? withParked(left) : withoutParked(stream));
  }
  return readFaults(readStore, spec);
}

/** Answers what still stays aside. */
async function takeStream(
  { eventStore, readStore }: Pick<Follower, 'eventStore' | 'readStore'>,
  target: Target,
  { event }: Parked,
): Promise<Parked | undefined> {
  const { position: end = '', exclusions } = target;
  let batch: RecordedEvent[] = [];
  try {
    for await (const one of eventStore.readStream(event.stream, { from: event.revision })) {
      if (one.position > end) break;
      if (exclusions?.skipped.has(one.position)) continue;
      batch.push(one);
      if (batch.length < BATCH) continue;
      await apply(readStore, target, batch);
      batch = [];
    }
    await apply(readStore, target, batch);
    return undefined;
  } catch (error) {
    if (!(error instanceof EventFault)) throw error;
    const before = batch.filter(({ position }) => position < error.event.position);
    await apply(readStore, target, before);
    const at = new Date().toISOString();
    return { event: error.event, error: String(error.cause), at, retry: false };
  }
}
