import {
  eventLabels,
  vietnameseDate,
  type DomainEvent,
  type DomainEventType,
  type EventMetadata,
  type ThingKind,
} from '#domain';
import type { EventStore } from '#event-store';
import { counts, isBehind, type Moment } from './as-of.ts';
import type { FieldDifference } from './difference.ts';
import { foldName } from './folding.ts';
import { readRecord } from './read-record.ts';
import { Folds, subjectsOf, type Replayed } from './replay-folds.ts';

/** A thing an event was about, after it, with what it changed marked. */
export interface ReplayedThing {
  readonly kind: ThingKind;
  /** Of a book, a signature or a seal; null of what its stream is all about. */
  readonly id: string | null;
  /** Of an entry. */
  readonly number: number | null;
  readonly fields: readonly FieldDifference[];
}

/** One event of a stream, and what it made of what. Plain data. */
export interface ReplayStep {
  readonly stream: string;
  readonly revision: number;
  readonly type: DomainEventType;
  /** What was done, in words. */
  readonly label: string;
  /** Number of the entry it was about. */
  readonly entry: number | null;
  readonly account: string;
  readonly actor: string;
  readonly role: string;
  readonly actorAgency: string;
  readonly via: string | null;
  /** ISO 8601 UTC. */
  readonly occurredAt: string;
  readonly reason: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly things: readonly ReplayedThing[];
}

/** Which steps: from a revision on, at most so many, up to a moment. */
export interface ReplaySpan {
  readonly from: number;
  readonly limit?: number;
  readonly until?: Moment;
}

/** Some steps of a stream. */
export interface ReplayPage {
  readonly steps: readonly ReplayStep[];
  /** Revision of the stream's last event; -1 when there is none. */
  readonly last: number;
}

/** @throws as `EventStore.readStream` */
export async function lastRevision(store: EventStore, stream: string): Promise<number> {
  for await (const { revision } of store.readStream(stream, { direction: 'backward', limit: 1 }))
    return revision;
  return -1;
}

/**
 * A page of a replay; from behind the last event it is empty.
 * @throws as `replay`
 */
export async function replayPage(
  store: EventStore,
  stream: string,
  span: ReplaySpan & { readonly isGone: () => boolean },
): Promise<ReplayPage> {
  const steps: ReplayStep[] = [];
  const last = await lastRevision(store, stream);
  for await (const step of replay(store, stream, { ...span, last })) steps.push(step);
  return { steps, last };
}

/**
 * A stream's events one after another, each with what it was about, before and after. Read twice:
 * first what is asked for, to know which entries are met again; then from the first event on, with
 * those entries and the heads alone in memory.
 * @param last revision of the stream's last event
 * @throws Error where the log holds what this version does not know, or an event of another's
 * @throws as `EventStore.readStream`
 */
export async function* replay(
  store: EventStore,
  stream: string,
  span: ReplaySpan & { readonly last: number; readonly isGone?: () => boolean },
): AsyncGenerator<ReplayStep, void> {
  if (span.from > span.last) return;
  const ahead = await lookAhead(store, stream, span);
  if (ahead.end < span.from) return;
  const { isGone = () => false } = span;
  const folds = new Folds(ahead.met);
  for await (const record of store.readStream(stream, { limit: ahead.end + 1 })) {
    if (isGone()) return;
    const { event, metadata } = readRecord(record);
    const day = vietnameseDate(new Date(metadata.occurredAt));
    const isAsked = record.revision >= span.from;
    const things = folds.take(event, { day, isAsked }).map(thingOf);
    if (isAsked) yield stepOf(record, { event, metadata, things });
  }
}

const thingOf = ({ subject, fields }: Replayed): ReplayedThing => ({
  kind: subject.kind,
  id: 'bookId' in subject ? subject.bookId : 'id' in subject ? subject.id : null,
  number: subject.kind === 'entry' ? subject.number : null,
  fields,
});

interface Ahead {
  /** Revision of the last step. */
  readonly end: number;
  /** Entries that something is done to after they were given. */
  readonly met: ReadonlySet<string>;
}

async function lookAhead(
  store: EventStore,
  stream: string,
  { from, limit, until, last }: ReplaySpan & { readonly last: number },
): Promise<Ahead> {
  const end = Math.min(last, limit === undefined ? last : from + limit - 1);
  const met = new Set<string>();
  let counted = -1;
  for await (const record of store.readStream(stream, { from, limit: end - from + 1 })) {
    if (until && isBehind(until, record)) break;
    const { event, metadata } = readRecord(record);
    if (!until || counts(until, metadata.occurredAt)) counted = record.revision;
    const entry = subjectsOf(event).find(({ kind }) => kind === 'entry');
    if (entry && event.type !== 'EntryNumberAssigned') met.add(foldName(entry));
  }
  return { end: counted, met };
}

function stepOf(
  { stream, revision }: { readonly stream: string; readonly revision: number },
  told: {
    readonly event: DomainEvent;
    readonly metadata: EventMetadata;
    readonly things: readonly ReplayedThing[];
  },
): ReplayStep {
  const { event, metadata, things } = told;
  const { actor, occurredAt, correlationId, causationId } = metadata;
  return {
    stream,
    revision,
    type: event.type,
    label: eventLabels[event.type],
    entry: things.find(({ kind }) => kind === 'entry')?.number ?? null,
    account: actor.account,
    actor: actor.name,
    role: actor.role,
    actorAgency: actor.agency,
    via: actor.via ?? null,
    occurredAt,
    reason: 'reason' in event.data ? event.data.reason : '',
    correlationId,
    causationId,
    things,
  };
}
