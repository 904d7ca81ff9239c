import type { RecordedEvent } from '#event-store';
import { inTraces, isTracing } from './tracing.ts';

/** What the events of a batch tell of the traces they belong to. */
export const traceparentsOf = (
  events: readonly Pick<RecordedEvent, 'metadata'>[],
): readonly string[] =>
  events.flatMap(({ metadata: { traceparent } }) =>
    typeof traceparent === 'string' ? [traceparent] : [],
  );

/** A projection's batch as a span in the trace of each command whose events are in it. */
export function tracedProjection<T>(
  projection: { readonly name: string },
  batch: readonly RecordedEvent[],
  work: () => Promise<T>,
): Promise<T> {
  if (!isTracing()) return work();
  const traceparents = traceparentsOf(batch);
  return inTraces(
    { name: `project ${projection.name}`, traceparents },
    { events: batch.length },
    work,
  );
}
