import type { RecordedEvent } from '#event-store';
import type { StoredDoc } from '#read-store';
import {
  projectedEvent,
  type DocChange,
  type ProjectedEvent,
  type Projection,
} from '../projection.ts';
import { blaming } from './event-fault.ts';

/** From events to documents: pure but for the documents that are there already. */

interface Pending {
  readonly id: string;
  readonly projected: ProjectedEvent;
  readonly change: DocChange;
}

/** The events of a batch as projections read them, each once for all of them. @throws EventFault */
export const projectedEvents = (batch: readonly RecordedEvent[]): readonly ProjectedEvent[] =>
  batch.map((record) => blaming(record, record.type, () => projectedEvent(record)));

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

/**
 * The document after a change; a document that already holds a later event stays as it is, and so
 * does none where the change is of one that need not be there.
 */
function changed(before: StoredDoc | undefined, pending: Pending): StoredDoc | undefined {
  const { id, change, projected } = pending;
  const { position } = projected;
  if (before && before.position >= position) return before;
  if ('create' in change) return { id, position, doc: change.create };
  if ('changeIfThere' in change)
    return before && { id, position, doc: change.changeIfThere(before.doc) };
  const doc = before?.doc ?? change.initial;
  if (!doc) throw new Error(`${id}: an event changes a document no event has made`);
  return { id, position, doc: change.change(doc) };
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
    if (after === undefined || after === before) continue;
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
