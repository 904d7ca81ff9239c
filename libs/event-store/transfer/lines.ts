import { createHash } from 'node:crypto';
import type { JsonObject, NewEvent, RecordedEvent, Revision } from '../port.ts';

/**
 * A log as a file: gzip members of JSON Lines. First a header, then every event in log order, last
 * a footer with their number and a hash chained over the chunks. See docs/decisions/0007.
 */
export const HEADER = '{"format":"event-log","version":1}';
/** Events in a gzip member: what is lost of an export that is cut off, and hashed together. */
export const CHUNK = 5000;

/** An event as its line has it. */
export interface Line {
  readonly position: string;
  readonly stream: string;
  readonly revision: Revision;
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
  readonly recordedAt: string;
}

export interface Footer {
  readonly events: number;
  readonly sha256: string;
}

/** Where an event stood, and when it was recorded, in the log it was first written to. */
interface Origin {
  readonly position: string;
  readonly recordedAt: string;
}

/** The event's line; an event that was imported is written as it was in its first log. */
export function lineOf(event: RecordedEvent): string {
  const { stream, revision, id, type, data } = event;
  const { origin, ...metadata } = event.metadata as JsonObject & { origin?: Origin };
  const { position, recordedAt } = origin ?? event;
  const line: Line = { position, stream, revision, id, type, data, metadata, recordedAt };
  return JSON.stringify(line);
}

/** The event to append, which keeps where it came from in its metadata. */
export function eventOf({ id, type, data, metadata, position, recordedAt }: Line): NewEvent {
  return { id, type, data, metadata: { ...metadata, origin: { position, recordedAt } } };
}

/** The hash of a chunk's text upon those before it; '' before the first. */
export const chained = (before: string, text: string): string =>
  createHash('sha256').update(before).update(text).digest('hex');

export const footerOf = (footer: Footer): string => JSON.stringify(footer);

/** The file is no exported log, or has been damaged or cut off. Nothing was imported. */
export class BrokenLogFile extends Error {
  override readonly name = 'BrokenLogFile';
}
