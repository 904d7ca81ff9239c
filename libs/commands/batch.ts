import { schemaVersions, type DomainEvent, type EventMetadata, type Refusal } from '#domain';
import type { JsonObject, NewEvent, Revision } from '#event-store';
import { decideAdmitted, type Aggregate } from './aggregate.ts';
import type { CommandContext } from './context.ts';
import type { Head } from './head.ts';
import { eventId, rememberKeyed, spentAt, type KeyedEvents } from './idempotency.ts';

export interface Request<C> {
  readonly command: C;
  readonly context: CommandContext;
  /** `If-Match`: the revision of the stream the caller has seen. */
  readonly ifRevision?: Revision | undefined;
  /** Why nothing new may be done: the agency has ended, say. What was done before is still answered. */
  readonly barred?: Refusal | undefined;
}

/** What became of one request in its turn; `after` is the state right behind it. */
export type Decision<S, E> =
  | {
      readonly kind: 'decided';
      readonly events: readonly E[];
      readonly revision: Revision;
      readonly after: S;
    }
  /** Its key was spent before: the answer is that of the command whose first event stands there. */
  | { readonly kind: 'repeated'; readonly first: Revision }
  | { readonly kind: 'refused'; readonly error: unknown };

export interface DecidedBatch<S, E> {
  /** One for each request, in order. */
  readonly decisions: readonly Decision<S, E>[];
  /** Everything to be appended, all together. */
  readonly events: readonly NewEvent[];
  readonly state: S;
  /** Those of the events that stand under a key. */
  readonly keyed: KeyedEvents;
}

/** The stream has gone on since the caller looked (`If-Match` failed). */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  constructor(
    readonly actual: Revision,
    /** The aggregate's state at that revision. */
    readonly state: unknown,
  ) {
    super(`the stream is at revision ${actual}`);
  }
}

function newEvent(id: string, event: DomainEvent, context: CommandContext): NewEvent {
  const metadata: EventMetadata = { ...context, schemaVersion: schemaVersions[event.type] };
  return {
    id,
    type: event.type,
    data: event.data as unknown as JsonObject,
    metadata: metadata as unknown as JsonObject,
  };
}

/**
 * Decides requests in turn, each on the state the ones before it leave behind. A refused request
 * changes nothing for those after it; one whose key is spent is not decided again, whatever it
 * says of the revision.
 */
export function decideInTurn<S, C, E extends DomainEvent>(
  aggregate: Aggregate<S, C, E>,
  stream: string,
  head: Head<S>,
  requests: readonly Request<C>[],
): DecidedBatch<S, E> {
  let state = head.state;
  let revision = head.revision === 'no-stream' ? -1 : head.revision;
  const events: NewEvent[] = [];
  // Kept apart from the head's until they are appended.
  const keyed: KeyedEvents = new Map();
  const decide = (request: Request<C>): Decision<S, E> => {
    const { context, ifRevision } = request;
    const first = spentAt(head.keyed, stream, context) ?? spentAt(keyed, stream, context);
    if (first !== undefined) return { kind: 'repeated', first };
    if (ifRevision !== undefined && ifRevision !== revision)
      throw new StaleRevision(revision, state);
    const decided = decideAdmitted(aggregate, state, request);
    decided.forEach((event, index) => {
      const id = eventId(stream, context, index);
      state = aggregate.evolve(state, event);
      revision += 1;
      rememberKeyed(keyed, id, revision);
      events.push(newEvent(id, event, context));
    });
    return { kind: 'decided', events: decided, revision, after: state };
  };
  const decisions = requests.map((request): Decision<S, E> => {
    try {
      return decide(request);
    } catch (error) {
      return { kind: 'refused', error };
    }
  });
  return { decisions, events, state, keyed };
}
