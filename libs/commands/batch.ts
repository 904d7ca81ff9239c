import { randomUUID } from 'node:crypto';
import {
  schemaVersions,
  todayAt,
  type DomainEvent,
  type EventMetadata,
  type Refusal,
  type Undated,
} from '#domain';
import type { JsonObject, NewEvent, Revision } from '#event-store';
import { decideAdmitted, type Aggregate } from './aggregate.ts';
import type { CommandContext } from './context.ts';
import { following, keysOf, type Found, type Head } from './head.ts';
import type { StreamEnd } from './outcome.ts';
import { requestKey, requireSameRequest, type Spender } from './idempotency.ts';

export interface Request<C> {
  /** Told the day when it is decided, not when it was asked. */
  readonly command: Undated<C>;
  readonly context: CommandContext;
  /**
   * Of a request of many commands with a key each, what all of them are asked with: nothing is done
   * where another request has spent one of the keys.
   */
  readonly alongside?: readonly CommandContext[] | undefined;
  /** `If-Match`: the revision of the stream the caller has seen. */
  readonly ifRevision?: Revision | readonly Revision[] | undefined;
  /** Why nothing new may be done: the agency has ended, say. What was done before is still answered. */
  readonly barred?: Refusal | undefined;
  /**
   * Keeps what the command's events name, a file say: called once, when they are decided and before
   * they are appended, so that nothing is kept for a refused command and no event names what is not
   * there.
   */
  readonly keep?: () => Promise<void>;
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
  /** One for each request, in order; fewer when not all of them fit into one append. */
  readonly decisions: readonly Decision<S, E>[];
  /** Everything to be appended, all together. */
  readonly events: readonly NewEvent[];
  readonly state: S;
  /** Keys of the events. */
  readonly found: readonly Found[];
}

/** The stream has gone on since the caller looked (`If-Match` failed). */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  constructor(
    readonly actual: Revision,
    /** The aggregate's state at that revision, with what the command is about. */
    readonly state: unknown,
    /** A read model that has passed it shows that state. */
    readonly end: StreamEnd = { position: undefined, eventId: undefined },
  ) {
    super(`the stream is at revision ${actual}`);
  }

  /** The same, once it is known where the log stands: what it was decided behind may be appended only then. */
  at(end: StreamEnd): StaleRevision {
    return new StaleRevision(this.actual, this.state, end);
  }
}

/** What one command would record is more than a store takes in one append. Nothing was written. */
export class CommandTooLarge extends Error {
  override readonly name = 'CommandTooLarge';
}

/** EventStoreDB refuses an append of more than 1 MiB unless told otherwise; what frames it counts too. */
const MOST_BYTES = 768 * 1024;

/** Where a stream stands, with everything the requests are decided on. */
export interface Basis<S> {
  readonly head: Head<S>;
  /** The head's state with what the requests ask for. */
  readonly state: S;
  /** Where the first event of an earlier request under the same key stands. */
  readonly spent: ReadonlyMap<string, Revision>;
  /** Who has spent the keys that requests stand alongside. */
  readonly spenders: ReadonlyMap<string, Spender>;
}

interface Turn {
  readonly now: Date;
  readonly stream: string;
  /** Requests that are refused, whatever is decided, and why. */
  readonly failed: ReadonlyMap<object, unknown>;
}

/** What one request leads to on a state: all of its events, or none. */
interface Made<S, E> {
  readonly decided: readonly E[];
  readonly made: readonly NewEvent[];
  readonly bytes: number;
  readonly after: S;
}

/** Whether the stream is where the caller saw it: at one of the revisions it names, if it names any. */
export const holds = (
  asked: Revision | readonly Revision[] | undefined,
  revision: Revision | 'no-stream',
): boolean => asked === undefined || [asked].flat().some((one) => one === revision);

/** @throws IdempotencyKeyReused when one of the keys it stands alongside was spent by another request */
function requireOneRequest(
  { context, alongside = [] }: Request<unknown>,
  spenders: ReadonlyMap<string, Spender>,
): void {
  for (const one of alongside) {
    const spender = spenders.get(requestKey(one) ?? '');
    if (spender) requireSameRequest(spender, context);
  }
}

function decideOne<S, C, E extends DomainEvent>(
  aggregate: Aggregate<S, C, E>,
  [state, revision]: readonly [S, Revision],
  request: Request<C>,
  { now, stream, failed, spenders }: Turn & Pick<Basis<S>, 'spenders'>,
): Made<S, E> {
  if (failed.has(request)) throw failed.get(request);
  requireOneRequest(request, spenders);
  const { command: undated, context, ifRevision, barred } = request;
  if (!holds(ifRevision, revision)) throw new StaleRevision(revision, state);
  const command = { ...undated, ...todayAt(now) } as C;
  const decided = decideAdmitted(aggregate, state, { command, barred });
  const made = decided.map((event) => newEvent(event, context, now));
  const bytes = bytesOf(made);
  if (bytes > MOST_BYTES) throw new CommandTooLarge(`${stream}: a command of ${bytes} bytes`);
  return { decided, made, bytes, after: decided.reduce(aggregate.evolve, state) };
}

/**
 * Decides requests in turn, each on the state the ones before it leave behind. A refused request
 * changes nothing for those after it; one whose key is spent is not decided again, whatever it
 * says of the revision.
 */
export function decideInTurn<S, C, E extends DomainEvent>(
  aggregate: Aggregate<S, C, E>,
  { head, state: from, spent, ...known }: Basis<S>,
  requests: readonly Request<C>[],
  turn: Turn,
): DecidedBatch<S, E> {
  const decisions: Decision<S, E>[] = [];
  const events: NewEvent[] = [];
  const found: Found[] = [];
  const keys = new Map<string, Revision>(spent);
  const spenders = new Map<string, Spender>(known.spenders);
  const told = { ...turn, spenders };
  let [state, next, size] = [from, following(head.revision), 0];
  for (const request of requests) {
    const key = requestKey(request.context);
    const first = key === undefined ? undefined : keys.get(key);
    if (first !== undefined) {
      decisions.push({ kind: 'repeated', first });
      continue;
    }
    const tried = attempt(() => decideOne(aggregate, [state, next - 1], request, told));
    if ('error' in tried) {
      decisions.push({ kind: 'refused', error: tried.error });
      continue;
    }
    const { decided, made, bytes, after } = tried.value;
    if (size + bytes > MOST_BYTES) break;
    decided.forEach((event, index) => {
      for (const one of keysOf(aggregate, event, key)) found.push([one, next + index]);
    });
    if (key !== undefined && decided.length > 0) {
      keys.set(key, next);
      spenders.set(key, request.context);
    }
    [state, next, size] = [after, next + decided.length, size + bytes];
    events.push(...made);
    decisions.push({ kind: 'decided', events: decided, revision: next - 1, after });
  }
  return { decisions, events, state, found };
}

type Tried<T> = { readonly value: T } | { readonly error: unknown };

function attempt<T>(work: () => T): Tried<T> {
  try {
    return { value: work() };
  } catch (error) {
    return { error };
  }
}

/** The id is made once, before the append: an append of unknown fate is repeated with it, and only that one. */
function newEvent(event: DomainEvent, context: CommandContext, now: Date): NewEvent {
  const schemaVersion = schemaVersions[event.type];
  const { actor, ...ids } = context;
  const occurredAt = now.toISOString();
  const metadata: EventMetadata = { actor, occurredAt, ...ids, schemaVersion };
  return {
    id: randomUUID(),
    type: event.type,
    data: event.data as unknown as JsonObject,
    metadata: metadata as unknown as JsonObject,
  };
}

const bytesOf = (events: readonly NewEvent[]): number =>
  events.reduce(
    (sum, { data, metadata }) =>
      sum + Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata)),
    0,
  );
