import type { Position, RecordedEvent } from '#event-store';
import {
  Fenced,
  type CollectionSpec,
  type Doc,
  type Fence,
  type ReadStore,
  type StoredDoc,
} from '#read-store';
import {
  projectedEvent,
  type DocChange,
  type ProjectedEvent,
  type Projection,
} from '../projection.ts';
import { admitted, type Exclusions } from './exclusions.ts';
import { EventFault, nameOf, type EventName } from './faults.ts';

/** A collection being filled by a projection, and how far it has come. */
export interface Target {
  readonly projection: Projection;
  readonly spec: CollectionSpec;
  /** Everything up to here is in the documents. */
  readonly position: Position | undefined;
  /** How many events that was. */
  readonly events: number;
  /** Version of the checkpoint's record: the fence of whatever is written. */
  readonly record: number;
  /** Events it does not take; by default it takes all. */
  readonly exclusions?: Exclusions;
}

const keyOf = (spec: Pick<CollectionSpec, 'name'>): string => `checkpoint:${spec.name}`;

/** The collection made ready, at its checkpoint. */
export async function openTarget(
  readStore: ReadStore,
  projection: Projection,
  spec: CollectionSpec,
): Promise<Target> {
  await readStore.ensure(spec);
  return { projection, spec, ...(await readCheckpoint(readStore, spec)) };
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
  await readStore.ensure(spec);
  return { projection, spec, ...(await fenceOff(readStore, spec)) };
}

/** Whoever writes to the collection writes nothing more. Answers where that has left it. */
export async function fenceOff(
  readStore: ReadStore,
  spec: Pick<CollectionSpec, 'name'>,
): Promise<Pick<Target, 'position' | 'events' | 'record'>> {
  for (;;) {
    const checkpoint = await readCheckpoint(readStore, spec);
    const { position = null, events, record } = checkpoint;
    if (await readStore.writeRecord(keyOf(spec), { position, events }, record)) {
      return { ...checkpoint, record: record + 1 };
    }
  }
}

export async function readCheckpoint(
  readStore: ReadStore,
  spec: Pick<CollectionSpec, 'name'>,
): Promise<Pick<Target, 'position' | 'events' | 'record'>> {
  const record = await readStore.readRecord(keyOf(spec));
  const position = record?.value['position'];
  return {
    position: typeof position === 'string' ? (position as Position) : undefined,
    events: Number(record?.value['events'] ?? 0),
    record: record?.version ?? 0,
  };
}

interface Pending {
  readonly id: string;
  readonly projected: ProjectedEvent;
  readonly change: DocChange;
}

/** The events of a batch that projections know, each once for all of them. @throws EventFault */
export const projectedEvents = (batch: readonly RecordedEvent[]): readonly ProjectedEvent[] =>
  batch.flatMap((record) => blaming(record, record.type, () => projectedEvent(record)) ?? []);

/** The position all of these have passed; undefined where one is still at the beginning. */
export function lowest(positions: readonly (Position | undefined)[]): Position | undefined {
  if (positions.some((position) => position === undefined)) return undefined;
  return [...positions].sort()[0];
}

function pendingChanges(
  projection: Pick<Projection, 'project'>,
  batch: readonly ProjectedEvent[],
): Pending[] {
  const changes: Pending[] = [];
  for (const projected of batch) {
    const { type } = projected.event;
    for (const change of blaming(projected, type, () => projection.project(projected))) {
      changes.push({ id: change.id, projected, change });
    }
  }
  return changes;
}

/** @throws EventFault in place of whatever is thrown */
function blaming<T>(event: Omit<EventName, 'type'>, type: string, take: () => T): T {
  try {
    return take();
  } catch (error) {
    throw new EventFault(nameOf(event, type), error);
  }
}

/** The document after a change; a document that already holds a later event stays as it is. */
function changed(before: StoredDoc | undefined, pending: Pending): StoredDoc {
  const { id, change, projected } = pending;
  const { position } = projected;
  if (before && before.position >= position) return before;
  if ('create' in change) return { id, position, doc: change.create };
  if (!before) throw new Error(`${id}: an event changes a document no event has made`);
  return { id, position, doc: change.change(before.doc) };
}

/** Folds the changes of a batch into the documents they concern. */
function fold(stored: readonly StoredDoc[], changes: readonly Pending[]): StoredDoc[] {
  const docs = new Map<string, StoredDoc>(stored.map((doc) => [doc.id, doc]));
  const touched = new Map<string, StoredDoc>();
  for (const pending of changes) {
    const before = docs.get(pending.id);
    const after = blaming(pending.projected, pending.projected.event.type, () =>
      changed(before, pending),
    );
    if (after === before) continue;
    docs.set(pending.id, after);
    touched.set(pending.id, after);
  }
  return [...touched.values()];
}

/** What documents are read from while a batch is folded into them. */
export interface Source {
  getMany(ids: readonly string[]): Promise<readonly StoredDoc[]>;
}

/** The documents a batch of events changes, as they are behind it. @throws EventFault */
export async function folded(
  source: Source,
  projection: Pick<Projection, 'project'>,
  batch: readonly ProjectedEvent[],
): Promise<readonly StoredDoc[]> {
  const changes = pendingChanges(projection, batch);
  const ids = idsToLoad(changes);
  return fold(ids.length > 0 ? await source.getMany(ids) : [], changes);
}

/** Ids whose stored document is needed: those first met in the batch by a change, not by a creation. */
function idsToLoad(changes: readonly Pending[]): string[] {
  const created = new Set<string>();
  const needed = new Set<string>();
  for (const { id, change } of changes) {
    if ('create' in change) created.add(id);
    else if (!created.has(id)) needed.add(id);
  }
  return [...needed];
}

/**
 * Brings a collection past a batch of events: documents first, then the checkpoint. Each document
 * carries the position that last changed it, so whatever is repeated after a kill has its effect once.
 * @throws EventFault nothing was written; the event is named.
 * @throws Fenced another has taken the collection over; it will do what was left.
 */
export async function advance(
  readStore: ReadStore,
  target: Target,
  batch: readonly RecordedEvent[],
): Promise<Target> {
  const { projection, position, exclusions } = target;
  const fresh = position === undefined ? batch : batch.filter((event) => event.position > position);
  const last = fresh.at(-1);
  if (!last) return target;
  await apply(readStore, target, exclusions ? admitted(projection, exclusions, fresh) : fresh);
  return saveCheckpoint(readStore, target, last.position, fresh.length);
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

const fenceOf = ({ spec, record }: Target): Fence => ({ key: keyOf(spec), version: record });

/** @throws Fenced */
export async function saveCheckpoint(
  readStore: ReadStore,
  target: Target,
  position: Position,
  added: number,
): Promise<Target> {
  const events = target.events + added;
  const value: Doc = { position, events };
  if (!(await readStore.writeRecord(keyOf(target.spec), value, target.record))) {
    throw new Fenced(`${target.spec.name} has been taken over`);
  }
  return { ...target, position, events, record: target.record + 1 };
}
