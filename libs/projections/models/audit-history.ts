import { eventLabels, isDossierEvent, ownerOf, streamPrefixes } from '#domain';
import type { Doc } from '#read-store';
import type { DocChange, ProjectedEvent, Projection } from '../projection.ts';
import { auditChanges } from './audit-changes.ts';

/** Nhật ký: one document an event, who did what, when, why, and every field before → after. */
export const auditHistory: Projection = {
  name: 'audit_history',
  version: 11,
  reads: streamPrefixes,
  indexes: [
    ['agency', 'order'],
    ['agency', 'subject', 'order'],
    ['agency', 'entryKey', 'order'],
    ['agency', 'entry', 'order'],
    ['agency', 'account', 'order'],
    ['agency', 'type', 'order'],
    ['agency', 'correlationId', 'order'],
    ['agency', 'causationId', 'order'],
    ['agency', 'occurredAt'],
    ['agency', 'account', 'occurredAt'],
    ['agency', 'type', 'occurredAt'],
  ],
  counted: [
    ['agency', 'account'],
    ['agency', 'subject'],
  ],
  searchable: [],
  project,
};

/** What the event is about: a book, one signature or seal, an agency, a register as a whole; and the entry, where it is about one. */
function subjectOf({ event, stream }: ProjectedEvent): {
  readonly subject: string;
  readonly entry: number | null;
} {
  const { data } = event;
  if ('bookId' in data && data.bookId !== null) {
    return { subject: data.bookId, entry: 'number' in data ? data.number : null };
  }
  if ('code' in data) return { subject: data.code, entry: null };
  return { subject: 'id' in data ? data.id : stream, entry: null };
}

/** Names one number among all of an agency: numbers begin anew in each year. */
export const entryKeyOf = (bookId: string, number: number): string => `${bookId}/${number}`;

const dossierKey = ({ event, stream }: ProjectedEvent): string | null =>
  isDossierEvent(event) ? stream : null;

function project(projected: ProjectedEvent): readonly DocChange[] {
  const { event, metadata, stream, revision, position } = projected;
  const { actor, occurredAt, correlationId, causationId, idempotencyKey } = metadata;
  const { subject, entry } = subjectOf(projected);
  // Written out: it is made once per event ever recorded, and a fixed shape is made fastest.
  const create: Doc = {
    subject,
    entry,
    // A dossier's own events stand beside those of its numbers.
    entryKey: entry === null ? dossierKey(projected) : entryKeyOf(subject, entry),
    order: position,
    stream,
    revision,
    type: event.type,
    label: eventLabels[event.type],
    agency: ownerOf(stream, () => actor.agency),
    account: actor.account,
    actor: actor.name,
    role: actor.role,
    actorAgency: actor.agency,
    via: actor.via ?? null,
    occurredAt,
    reason: 'reason' in event.data ? event.data.reason : '',
    changes: auditChanges(event),
    correlationId,
    causationId,
    idempotencyKey: idempotencyKey ?? null,
  };
  // Padded, so that a stream's lines are kept side by side in its order.
  return [{ id: `${stream}@${String(revision).padStart(7, '0')}`, create }];
}
