import { rested } from '#threads';
import { EventStoreRefuses, type EventStore } from './port.ts';

/** How long a start waits to be told, in milliseconds. */
const PATIENCE_MS = 3000;

/**
 * For whoever starts: ends at once where the log answers and will not have us, which no waiting
 * mends. A log that is away, or slow to say, is none of this function's business.
 * @throws EventStoreRefuses
 */
export async function requireWelcome(
  store: Pick<EventStore, 'head'>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const asked = new AbortController();
  const told = store.head().then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof EventStoreRefuses) throw error;
    },
  );
  try {
    const { signal } = asked;
    await Promise.race([told, rested(patienceMs, signal)]);
  } finally {
    asked.abort();
  }
}
