import { RevisionConflict, type Appended, type EventStore } from '#event-store';
import type { Metrics } from './metrics.ts';

/** The same store; what is appended through it is counted and timed. */
export function observedStore(store: EventStore, metrics: Metrics): EventStore {
  const append: EventStore['append'] = async (stream, expected, events) => {
    const stop = metrics.appends.startTimer();
    try {
      const appended: Appended = await store.append(stream, expected, events);
      metrics.appendedEvents.inc(events.length);
      stop({ outcome: 'appended' });
      return appended;
    } catch (error) {
      const conflict = error instanceof RevisionConflict;
      if (conflict) metrics.conflicts.inc();
      stop({ outcome: conflict ? 'conflict' : 'failed' });
      throw error;
    }
  };
  return { ...store, append };
}
