import type { Position, RecordedEvent } from '#event-store';
import { Fenced, type CollectionSpec, type Doc, type Fence, type ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { NOTHING_EXCLUDED, type Exclusions } from './exclusions.ts';

/** How far a collection has come, and in which log. */
export interface Reached {
  /** Everything up to here is in the documents; undefined: nothing yet. */
  readonly position: Position | undefined;
  /** Id of the event there. It and the next are undefined where an older version wrote the checkpoint. */
  readonly eventId: string | undefined;
  /** Id of the first event of the log that it was filled from, which names the log. */
  readonly logId: string | undefined;
  /** How many events that was. */
  readonly events: number;
}

export const START: Reached = {
  position: undefined,
  eventId: undefined,
  logId: undefined,
  events: 0,
};

/** What it is behind a batch, which is not empty, of which so many events are new to it. */
export function reachedBy(before: Reached, batch: readonly RecordedEvent[]): Reached {
  const last = batch.at(-1);
  if (!last) return before;
  const logId = before.position === undefined ? batch[0]?.id : before.logId;
  const events = before.events + batch.length;
  return { position: last.position, eventId: last.id, logId, events };
}

/** A collection being brought on by a projection. */
export interface Target extends Reached {
  readonly projection: Projection;
  readonly spec: CollectionSpec;
  /** Version of the checkpoint's record: the fence of whatever is written. */
  readonly record: number;
  readonly exclusions: Exclusions;
}

type Named = Pick<CollectionSpec, 'name'>;

const keyOf = (spec: Named): string => `checkpoint:${spec.name}`;

/** The collection made ready, at its checkpoint. */
export async function openTarget(
  readStore: ReadStore,
  projection: Projection,
  spec: CollectionSpec,
): Promise<Target> {
  await readStore.ensure(spec);
  const checkpoint = await readCheckpoint(readStore, spec);
  return { projection, spec, exclusions: NOTHING_EXCLUDED, ...checkpoint };
}

/**
 * The collection made ready, at its checkpoint, for this process alone: whoever had it before is
 * fenced off by the checkpoint's new version and writes nothing more.
 */
export async function takeOver(
  readStore: ReadStore,
  projection: Projection,
  spec: CollectionSpec,
): Promise<Target> {
  // Only then is the collection made what this release takes it for: an earlier one writes it otherwise.
  const checkpoint = await fenceOff(readStore, spec);
  await readStore.ensure(spec);
  return { projection, spec, exclusions: NOTHING_EXCLUDED, ...checkpoint };
}

export interface Checkpoint extends Reached {
  readonly record: number;
}

/** Whoever writes to the collection writes nothing more. Answers where that has left it. */
export async function fenceOff(readStore: ReadStore, spec: Named): Promise<Checkpoint> {
  for (;;) {
    const { record, ...reached } = await readCheckpoint(readStore, spec);
    if (await readStore.writeRecord(keyOf(spec), recordOf(reached), record)) {
      return { ...reached, record: record + 1 };
    }
  }
}

export async function readCheckpoint(readStore: ReadStore, spec: Named): Promise<Checkpoint> {
  const record = await readStore.readRecord(keyOf(spec));
  return { ...reachedIn(record?.value ?? {}), record: record?.version ?? 0 };
}

/** As it is kept in a record, and with a milestone. */
export const recordOf = ({ position, eventId, logId, events }: Reached): Doc => ({
  position: position ?? null,
  eventId: eventId ?? null,
  logId: logId ?? null,
  events,
});

export function reachedIn(value: Doc): Reached {
  const text = (field: string): string | undefined => {
    const found = value[field];
    return typeof found === 'string' ? found : undefined;
  };
  return {
    position: text('position') as Position | undefined,
    eventId: text('eventId'),
    logId: text('logId'),
    events: Number(value['events'] ?? 0),
  };
}

/** The position all of these have passed; undefined where one is still at the beginning. */
export function lowest(positions: readonly (Position | undefined)[]): Position | undefined {
  if (positions.some((position) => position === undefined)) return undefined;
  return [...positions].sort()[0];
}

/**
 * @param durable settles only when it, and the documents written before it, survive a power cut
 * @throws Fenced
 */
export async function saveCheckpoint(
  readStore: ReadStore,
  target: Target,
  reached: Reached,
  durable?: 'durable',
): Promise<Target> {
  const { spec, record } = target;
  if (!(await readStore.writeRecord(keyOf(spec), recordOf(reached), record, durable))) {
    throw new Fenced(`${spec.name} has been taken over`);
  }
  return { ...target, ...reached, record: record + 1 };
}

/** Nothing is written for the target once another has taken its collection over. */
export const fenceOf = ({ spec, record }: Target): Fence => ({ key: keyOf(spec), version: record });
