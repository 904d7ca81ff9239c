import { randomUUID } from 'node:crypto';
import { schemaVersions, type DomainEvent, type EventMetadata, type Refusal } from '#domain';
import type { JsonObject, NewEvent, Revision } from '#event-store';
import { decideAdmitted, type Aggregate } from './aggregate.ts';
import type { Head } from './head.ts';

/** Who asked, when and under which ids: what is recorded beside a command's events. */
export type CommandContext = Omit<EventMetadata, 'schemaVersion'>;

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
      readonly ok: true;
      readonly events: readonly E[];
      readonly revision: Revision;
      readonly after: S;
    }
  | { readonly ok: false; readonly error: unknown };

export interface DecidedBatch<S, E> {
  /** One for each request, in order. */
  readonly decisions: readonly Decision<S, E>[];
  /** Everything to be appended, all together. */
  readonly events: readonly NewEvent[];
  readonly state: S;
}

/** The stream has gone on since the caller looked (`If-Match` failed). */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  constructor(readonly actual: Revision) {
    super(`the stream is at revision ${actual}`);
  }
}

function newEvent(event: DomainEvent, context: CommandContext): NewEvent {
  const metadata: EventMetadata = { ...context, schemaVersion: schemaVersions[event.type] };
  return {
    id: randomUUID(),
    type: event.type,
    data: event.data as unknown as JsonObject,
    metadata: metadata as unknown as JsonObject,
  };
}

/**
 * Decides requests in turn, each on the state the ones before it leave behind. A refused request
 * changes nothing for those after it.
 */
export function decideInTurn<S, C, E extends DomainEvent>(
  aggregate: Aggregate<S, C, E>,
  head: Head<S>,
  requests: readonly Request<C>[],
): DecidedBatch<S, E> {
  let state = head.state;
  let revision = head.revision === 'no-stream' ? -1 : head.revision;
  const events: NewEvent[] = [];
  const decisions = requests.map((request): Decision<S, E> => {
    try {
      if (request.ifRevision !== undefined && request.ifRevision !== revision) {
        throw new StaleRevision(revision);
      }
      const decided = decideAdmitted(aggregate, state, request);
      state = decided.reduce(aggregate.evolve, state);
      revision += decided.length;
      events.push(...decided.map((event) => newEvent(event, request.context)));
      return { ok: true, events: decided, revision, after: state };
    } catch (error) {
      return { ok: false, error };
    }
  });
  return { decisions, events, state };
}
