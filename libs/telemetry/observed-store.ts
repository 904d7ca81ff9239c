import { RevisionConflict, type Appended, type EventStore, type NewEvent } from '#event-store';
import type { Metrics } from './metrics.ts';
import { traceparentsOf } from './traced-projection.ts';
import { inTraces, isTracing } from './tracing.ts';

/** The same store; what is appended through it is counted, timed and traced. */
export function observedStore(store: EventStore, metrics: Metrics): EventStore {
  const append: EventStore['append'] = async (stream, expected, events) => {
    const stop = metrics.appends.startTimer();
    try {
      const appended: Appended = await traced(events, () => store.append(stream, expected, events));
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

/** Commands that are appended together each have the append in their own trace. */
function traced<T>(events: readonly NewEvent[], append: () => Promise<T>): Promise<T> {
  if (!isTracing()) return append();
  const given = { name: 'append', traceparents: traceparentsOf(events) };
  return inTraces(given, { events: events.length }, append);
}
