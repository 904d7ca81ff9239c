import type { DomainEvent } from '#domain';
import { isDomainEventType } from '#domain';
import type { EventStore, ExpectedRevision, Position, RecordedEvent } from '#event-store';
import type { Aggregate } from './aggregate.ts';

/** A stream folded up to its last event. */
export interface Head<S> {
  readonly state: S;
  readonly revision: ExpectedRevision;
  /** Position of the last event; undefined for an empty stream. */
  readonly position: Position | undefined;
}

export const emptyHead = <S>(initial: S): Head<S> => ({
  state: initial,
  revision: 'no-stream',
  position: undefined,
});

/** The domain event in a record. @throws Error when this version of the service does not know the type. */
export function domainEvent(record: RecordedEvent): DomainEvent {
  if (!isDomainEventType(record.type)) throw new Error(`unknown event type ${record.type}`);
  return { type: record.type, data: record.data } as unknown as DomainEvent;
}

/** The head after everything the stream holds behind the one given. */
export async function catchUp<S, C, E extends DomainEvent>(
  store: EventStore,
  aggregate: Aggregate<S, C, E>,
  stream: string,
  known: Head<S>,
): Promise<Head<S>> {
  let { state, revision, position } = known;
  const from = revision === 'no-stream' ? 0 : revision + 1;
  for await (const record of store.readStream(stream, { from })) {
    state = aggregate.evolve(state, domainEvent(record) as E);
    revision = record.revision;
    position = record.position;
  }
  return { state, revision, position };
}
