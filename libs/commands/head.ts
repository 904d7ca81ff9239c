import type { DomainEvent } from '#domain';
import { belongsTo, readEvent, readMetadata } from '#domain';
import type { EventStore, ExpectedRevision, Position, RecordedEvent, Revision } from '#event-store';
import type { Aggregate } from './aggregate.ts';
import { requestKeyOf } from './idempotency.ts';

/** A stream folded up to an event, as far as it is kept at hand. */
export interface Head<S> {
  readonly state: S;
  readonly revision: ExpectedRevision;
  /** Position of the last event; undefined for an empty stream. */
  readonly position: Position | undefined;
  /** Id of the last event. */
  readonly eventId: string | undefined;
}

/** An event's key and where it stands. */
export type Found = readonly [key: string, revision: Revision];

export const emptyHead = <S>({
  initial,
}: Pick<Aggregate<S, never, never>, 'initial'>): Head<S> => ({
  state: initial(),
  revision: 'no-stream',
  position: undefined,
  eventId: undefined,
});

/** The revision behind a head's. */
export const following = (revision: ExpectedRevision): Revision =>
  revision === 'no-stream' ? 0 : revision + 1;

/** An event that stands in a stream it cannot have come into by a command. */
export class ForeignEvent extends Error {
  override readonly name = 'ForeignEvent';
  constructor(
    readonly stream: string,
    revision: Revision,
  ) {
    super(`${stream}: event ${revision} is not of the account or agency the stream belongs to`);
  }
}

/** The domain event in a record. @throws UnreadableEvent @throws ForeignEvent */
export function domainEvent(record: RecordedEvent): DomainEvent {
  const { type, data, metadata, stream, revision } = record;
  const { actor, schemaVersion } = readMetadata(metadata);
  const event = readEvent(type, data, () => schemaVersion);
  if (!belongsTo(stream, event, actor)) throw new ForeignEvent(stream, revision);
  return event;
}

/** All the keys an event is found under. */
export function keysOf<S, C, E extends DomainEvent>(
  { lookUps }: Aggregate<S, C, E>,
  event: E,
  requestKey: string | undefined,
): readonly string[] {
  const keys = lookUps?.keysOf(event) ?? [];
  return requestKey === undefined ? keys : [...keys, requestKey];
}

/** How far a fold goes before what was found is handed over, so that memory stays flat. */
const CHUNK = 2000;

/**
 * Folds what is kept of a stream over everything behind a head, or up to a revision, chunk by
 * chunk. Ends with a chunk that may be empty.
 */
export async function* foldedFrom<S, C, E extends DomainEvent>(
  store: EventStore,
  aggregate: Aggregate<S, C, E>,
  { stream, upTo = Infinity }: { readonly stream: string; readonly upTo?: Revision },
  known: Head<S>,
): AsyncGenerator<{ readonly head: Head<S>; readonly found: readonly Found[] }> {
  let head = known;
  let found: Found[] = [];
  let count = 0;
  const from = following(known.revision);
  for await (const record of store.readStream(stream, { from, limit: upTo + 1 - from })) {
    const event = domainEvent(record) as E;
    const { revision, position, id: eventId } = record;
    head = { state: aggregate.kept.evolve(head.state, event), revision, position, eventId };
    for (const key of keysOf(aggregate, event, requestKeyOf(record))) found.push([key, revision]);
    count += 1;
    if (count % CHUNK !== 0) continue;
    yield { head, found };
    found = [];
  }
  yield { head, found };
}
