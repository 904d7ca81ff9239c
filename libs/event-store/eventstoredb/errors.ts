import { ErrorType, isCommandError } from '@eventstore/db-client';
import { EventStoreRefuses, EventStoreUnavailable, StreamDamaged } from '../port.ts';
import { refusal } from './refusals.ts';

/** The server cannot keep the port's promises, whatever is asked of it. */
export class UnsupportedServer extends Error {
  override readonly name = 'UnsupportedServer';
}

/** Answers that asking again will not change: faults of configuration or of the calling code. */
const FINAL: ReadonlySet<ErrorType> = new Set([
  ErrorType.INVALID_ARGUMENT,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.MISSING_REQUIRED_METADATA_PROPERTY,
  ErrorType.STREAM_DELETED,
  ErrorType.UNSUPPORTED,
]);

/** Whether asking again is of no use. */
export function isFinal(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (isCommandError(error)) return FINAL.has(error.type);
  const kinds = [UnsupportedServer, RangeError, EventStoreRefuses];
  return kinds.some((kind) => error instanceof kind);
}

/**
 * The port's error for what the client threw. What the server refuses us for is told with its remedy.
 * Everything else that may be due to the way there (dropped
 * connections, deadlines, a server starting up or no longer the leader, anything not understood)
 * becomes `EventStoreUnavailable`, because it leaves open what the server did.
 */
export function translated(error: unknown): Error {
  const kinds = [EventStoreUnavailable, StreamDamaged];
  if (kinds.some((kind) => error instanceof kind) || isFinal(error)) return error as Error;
  const refused = refusal(error);
  if (refused) return refused;
  const said = error instanceof Error ? error.message : String(error);
  const message = said.replace(/\s+/g, ' ').trim();
  return new EventStoreUnavailable(`EventStoreDB: ${message}`, { cause: error });
}
