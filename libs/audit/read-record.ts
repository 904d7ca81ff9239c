import { belongsTo, readEvent, readMetadata, type DomainEvent, type EventMetadata } from '#domain';
import type { RecordedEvent } from '#event-store';

/**
 * An event of a stream in today's shape, with what stands beside it.
 * @throws UnreadableEvent this version does not know it
 * @throws Error it is of another's stream
 */
export function readRecord({ type, data, metadata, stream, revision }: RecordedEvent): {
  readonly event: DomainEvent;
  readonly metadata: EventMetadata;
} {
  const facts = readMetadata(metadata);
  const event = readEvent(type, data, () => facts.schemaVersion);
  if (!belongsTo(stream, event, facts.actor))
    throw new Error(`${stream}: foreign event ${revision}`);
  return { event, metadata: facts };
}
