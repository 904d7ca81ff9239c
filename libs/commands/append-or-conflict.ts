import { setTimeout as delay } from 'node:timers/promises';
import {
  EventStoreRefuses,
  EventStoreUnavailable,
  RevisionConflict,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type NewEvent,
} from '#event-store';

const APPEND_TRIES = 4;

/** Undefined when another writer was first. An append of unknown fate is repeated with the same ids. */
export async function appendOrConflict(
  store: EventStore,
  stream: string,
  head: { readonly revision: ExpectedRevision },
  events: readonly NewEvent[],
): Promise<Appended | undefined> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await store.append(stream, head.revision, events);
    } catch (error) {
      if (error instanceof RevisionConflict) return undefined;
      // Refused is not of unknown fate, and is refused again.
      if (error instanceof EventStoreRefuses || tries === APPEND_TRIES) throw error;
      if (!(error instanceof EventStoreUnavailable)) throw error;
      await delay(50 * 2 ** tries);
    }
  }
}
