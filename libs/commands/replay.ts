import type { DomainEvent } from '#domain';
import type { EventStore, RecordedEvent, Revision } from '#event-store';
import type { Aggregate } from './aggregate.ts';
import type { CommandContext } from './context.ts';
import { catchUp, domainEvent, emptyHead } from './head.ts';
import { isUnderKey, requireSameRequest } from './idempotency.ts';
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
  const events: RecordedEvent[] = [];
  for await (const event of store.readStream(stream, { from: first, limit: MOST_EVENTS })) {
    if (!isUnderKey(event, context)) break;
    requireSameRequest(event, context);
    events.push(event);
  }
  return events;
}

/**
 * What the command answered when its key was spent: the same events, revision and position, and
 * the state as it was then, from `recall` where it is still known, else folded from the log.
 * @throws IdempotencyKeyReused
 */
export async function firstOutcome<S, C, E extends DomainEvent>(
  store: EventStore,
  aggregate: Aggregate<S, C, E>,
  spent: Spent,
  recall: () => S | undefined,
): Promise<Outcome<S, E>> {
  const events = await eventsUnderKey(store, spent);
  const last = events.at(-1);
  if (!last) throw new Error(`${spent.stream}: no event of the key at ${spent.first}`);
  const { revision, position } = last;
  const fold = () =>
    catchUp(
      store,
      aggregate,
      { stream: spent.stream, upTo: revision },
      emptyHead(aggregate.initial),
    );
  const state = recall() ?? (await fold()).state;
  return {
    events: events.map((event) => domainEvent(event) as E),
    state,
    revision,
    position,
    repeated: true,
  };
}
