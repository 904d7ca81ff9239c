import type { DomainEvent } from '#domain';
import { isDomainEventType, upcast } from '#domain';
import type { EventStore, ExpectedRevision, Position, RecordedEvent, Revision } from '#event-store';
import type { Aggregate } from './aggregate.ts';
import { rememberKeyed, type KeyedEvents } from './idempotency.ts';

/** A stream folded up to its last event. */
export interface Head<S> {
  readonly state: S;
  readonly revision: ExpectedRevision;
  /** Position of the last event; undefined for an empty stream. */
  readonly position: Position | undefined;
  /** Shared by all heads of a stream's history: nothing in it lies beyond its newest head. */
  readonly keyed: KeyedEvents;
}

export const emptyHead = <S>(initial: S): Head<S> => ({
  state: initial,
  revision: 'no-stream',
  position: undefined,
  keyed: new Map(),
});

/** The domain event in a record. @throws Error when this version of the service does not know the type. */
export function domainEvent(record: RecordedEvent): DomainEvent {
  if (!isDomainEventType(record.type)) throw new Error(`unknown event type ${record.type}`);
  return upcast(record.type, record.data, () => Number(record.metadata['schemaVersion']));
}

/** The head after everything the stream holds behind the one given, or up to a revision. */
export async function catchUp<S, C, E extends DomainEvent>(
  store: EventStore,
  aggregate: Aggregate<S, C, E>,
  { stream, upTo }: { readonly stream: string; readonly upTo?: Revision },
  known: Head<S>,
): Promise<Head<S>> {
  let { state, revision, position } = known;
  const from = revision === 'no-stream' ? 0 : revision + 1;
  const limited = upTo === undefined ? {} : { limit: upTo + 1 - from };
  const options = { from, withoutMetadata: true, ...limited };
  for await (const record of store.readStream(stream, options)) {
    state = aggregate.evolve(state, domainEvent(record) as E);
    revision = record.revision;
    position = record.position;
    rememberKeyed(known.keyed, record.id, revision);
  }
  return { state, revision, position, keyed: known.keyed };
}
