import type { RecordedEvent } from '#event-store';
import type { ReadStore } from '#read-store';
import { fenceOf, reachedBy, saveCheckpoint, type Target } from './checkpoint.ts';
import { admitted } from './exclusions.ts';
import { folded, projectedEvents, type Source } from './fold.ts';

/**
 * Brings a collection past a batch of events: documents first, then the checkpoint. Each document
 * carries the position that last changed it, so whatever is repeated after a kill has its effect once.
 * Events no document comes of move the checkpoint on like all others.
 * @throws EventFault nothing was written; the event is named.
 * @throws Fenced another has taken the collection over; it will do what was left.
 */
export async function advance(
  readStore: ReadStore,
  target: Target,
  batch: readonly RecordedEvent[],
): Promise<Target> {
  const { position } = target;
  const fresh = position === undefined ? batch : batch.filter((event) => event.position > position);
  if (fresh.length === 0) return target;
  await apply(readStore, target, admitted(target.projection, target.exclusions, fresh));
  return saveCheckpoint(readStore, target, reachedBy(target, fresh));
}

/** Writes what the events make of the documents; the checkpoint stays. @throws as `advance` */
export async function apply(
  readStore: ReadStore,
  target: Target,
  events: readonly RecordedEvent[],
): Promise<void> {
  const { projection, spec } = target;
  const source: Source = { getMany: (ids) => readStore.getMany(spec, ids) };
  const docs = await folded(source, projection, projectedEvents(events));
  if (docs.length > 0) await readStore.put(spec, docs, fenceOf(target));
}
