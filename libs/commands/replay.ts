import type { DomainEvent } from '#domain';
import type { EventStore, RecordedEvent, Revision } from '#event-store';
import type { CommandContext } from './context.ts';
import type { Folds } from './folds.ts';
import { domainEvent } from './head.ts';
import { requestKey, requestKeyOf, requireSameRequest, spenderOf } from './idempotency.ts';
import type { Outcome } from './outcome.ts';

/** More events than any command makes. */
const MOST_EVENTS = 16;

export interface Spent {
  readonly stream: string;
  /** Where the first event of the earlier command stands. */
  readonly first: Revision;
  readonly context: CommandContext;
}

/** The events an earlier command left under the same key. @throws IdempotencyKeyReused */
async function eventsUnderKey(store: EventStore, spent: Spent): Promise<RecordedEvent[]> {
  const { stream, first, context } = spent;
  const key = requestKey(context);
  const events: RecordedEvent[] = [];
  for await (const event of store.readStream(stream, { from: first, limit: MOST_EVENTS })) {
    if (requestKeyOf(event) !== key) break;
    requireSameRequest(spenderOf(event), context);
    events.push(event);
  }
  return events;
}

/**
 * What the command answered when its key was spent: the same events, revision and position, and
 * what the caller is shown of the state then, from `recall` where it is still known, else from the log.
 * @throws IdempotencyKeyReused
 */
export async function firstOutcome<S, C, E extends DomainEvent>(
  store: EventStore,
  folds: Folds<S, C, E>,
  spent: Spent,
  recall: () => S | undefined,
): Promise<Outcome<S, E>> {
  const records = await eventsUnderKey(store, spent);
  const last = records.at(-1);
  if (!last) throw new Error(`${spent.stream}: no event of the key at ${spent.first}`);
  const { revision, position, id: eventId } = last;
  const events = records.map((record) => domainEvent(record) as E);
  const state = recall() ?? (await folds.stateAfter(spent.stream, revision, events));
  return { events, state, revision, position, eventId, repeated: true };
}
