import { jsonEvent, streamNameFilter } from '@eventstore/db-client';
import type {
  AllStreamSubscription,
  Filter,
  JSONEventType,
  RecordedEvent as StoredEvent,
  Position as LogPosition,
} from '@eventstore/db-client';
import type { JsonObject, NewEvent, RecordedEvent } from '../port.ts';
import { toPosition } from './position.ts';

export function toJsonEvent({ id, type, data, metadata }: NewEvent) {
  return jsonEvent<JSONEventType>({ id, type, data, metadata });
}

export function toRecorded(event: StoredEvent): RecordedEvent {
  return {
    id: event.id,
    type: event.type,
    data: event.data as JsonObject,
    metadata: (event.metadata ?? {}) as JsonObject,
    stream: event.streamId,
    revision: Number(event.revision),
    position: toPosition(event.position),
    recordedAt: event.created.toISOString(),
  };
}

/** Whether a reader of these prefixes is shown this stream. System streams start with `$`. */
export function isShown(stream: string, prefixes: readonly string[] | undefined): boolean {
  if (prefixes) return prefixes.some((prefix) => stream.startsWith(prefix));
  return !stream.startsWith('$');
}

/** How many times the server's search window (32 events) it looks through between two checkpoints. */
const CHECKPOINT_INTERVAL = 32;

/**
 * The same as {@link isShown}, for the server to apply. On names of streams, because system streams
 * hold events whose type does not give them away.
 */
export function shownFilter(
  prefixes: readonly string[] | undefined,
  checkpointReached: (subscription: AllStreamSubscription, position: LogPosition) => void,
): Filter {
  const options = { checkpointInterval: CHECKPOINT_INTERVAL, checkpointReached };
  return prefixes
    ? streamNameFilter({ prefixes: [...prefixes], ...options })
    : streamNameFilter({ regex: '^[^$]', ...options });
}
