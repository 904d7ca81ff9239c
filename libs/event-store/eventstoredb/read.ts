import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  StreamDeletedError,
  StreamNotFoundError,
} from '@eventstore/db-client';
import type {
  AllStreamResolvedEvent,
  Position as LogPosition,
  ResolvedEvent,
} from '@eventstore/db-client';
import { checkPrefixes, checkStream } from '../checks.ts';
import { EventStoreUnavailable, StreamDamaged } from '../port.ts';
import type {
  EventAt,
  Position,
  ReadAllOptions,
  ReadStreamOptions,
  RecordedEvent,
} from '../port.ts';
import { items } from './connection.ts';
import type { Connection } from './connection.ts';
import { translated } from './errors.ts';
import { isShown, toRecorded } from './events.ts';
import { fromPosition, hasPlace, toPosition } from './position.ts';
import { session } from './session.ts';

export async function* readStream(
  connection: Connection,
  stream: string,
  options: ReadStreamOptions = {},
): AsyncGenerator<RecordedEvent> {
  checkStream(stream);
  const { direction = 'forward', from, limit = Infinity } = options;
  if (limit <= 0) return;
  const step = direction === 'forward' ? 1 : -1;
  // The event before the first one tells a stream that ends there from one that has lost its end.
  const before = step === 1 && from !== undefined && from > 0 ? 1 : 0;
  const start = step === 1 ? (from ?? 0) - before : from;
  const stored = { isKnown: true };
  const asked = { direction, ...(start === undefined ? {} : { from: start }), stored };
  let next = start;
  let read = 0;
  for await (const event of readAsStored(connection, stream, { ...asked, limit: limit + before })) {
    if (next !== undefined && event.revision !== next && (step === 1 || next !== start)) {
      throw new StreamDamaged(stream, next === start ? 'truncated' : 'gap', missing(next));
    }
    next = event.revision + step;
    read += 1;
    if (read > before) yield event;
  }
  if (read === 0) {
    await requireNeverWritten(connection, stream);
    if (before > 0 && start !== undefined) {
      throw new StreamDamaged(stream, stored.isKnown ? 'cut' : 'deleted', missing(start));
    }
  } else if (step === -1 && read < limit && next !== undefined && next >= 0) {
    throw new StreamDamaged(stream, 'truncated', missing(next));
  }
}

const missing = (revision: number): string => `event ${revision} is missing`;

/** `$tb` of a stream that was deleted and may be written again: the largest 64-bit number, about. */
const DELETED = Number.MAX_SAFE_INTEGER;

/**
 * Where nothing of a stream is to be seen: believed only where the server says that there never was
 * one. A stream that was deleted, or all of whose events were truncated, has that in its metadata.
 * @throws StreamDamaged
 */
export async function requireNeverWritten(
  { client, deadlineMs }: Connection,
  stream: string,
): Promise<void> {
  const { metadata } = await client
    .getStreamMetadata(stream, { deadline: deadlineMs })
    .catch((error: unknown) => {
      throw damagedOr(stream, error);
    });
  const { truncateBefore, maxAge, maxCount } = metadata ?? {};
  const hiding = Object.entries({ truncateBefore, maxAge, maxCount }).filter(
    ([, value]) => value !== undefined,
  );
  if (hiding.length === 0) return;
  const detail = hiding.map(([name, value]) => `${name} ${String(value)}`).join(', ');
  const isDeleted = Number(truncateBefore) >= DELETED;
  throw new StreamDamaged(stream, isDeleted ? 'deleted' : 'truncated', detail);
}

/** A stream that was deleted for ever says so itself. */
export const damagedOr = (stream: string, error: unknown): Error =>
  error instanceof StreamDeletedError
    ? new StreamDamaged(stream, 'tombstoned', 'it was deleted for ever')
    : translated(error);

/** Events of a read that is let finish though nobody wants the rest. */
const SHORT = 100;

type StoredOptions = ReadStreamOptions & { readonly stored: { isKnown: boolean } };

/**
 * What the server shows of a stream, whatever was taken from it; `stored` is told where it knows none.
 * A short read first, in which whoever looks for something mostly finds it, then the rest.
 */
export async function* readAsStored(
  connection: Connection,
  stream: string,
  { limit = Infinity, ...options }: StoredOptions,
): AsyncGenerator<RecordedEvent> {
  const step = options.direction === 'backward' ? -1 : 1;
  let { from } = options;
  for (const count of [Math.min(limit, SHORT), limit - SHORT]) {
    if (count <= 0) return;
    let read = 0;
    const asked = { ...options, ...(from !== undefined && { from }), limit: count };
    for await (const event of readOnce(connection, stream, asked)) {
      yield event;
      read += 1;
      from = event.revision + step;
    }
    if (read < count || from === -1) return;
  }
}

async function* readOnce(
  connection: Connection,
  stream: string,
  { direction = 'forward', from, limit = Infinity, stored }: StoredOptions,
): AsyncGenerator<RecordedEvent> {
  const start = direction === 'forward' ? START : END;
  const reading = connection.client.readStream(stream, {
    direction: direction === 'forward' ? FORWARDS : BACKWARDS,
    fromRevision: from === undefined ? start : BigInt(from),
    ...(limit === Infinity ? {} : { maxCount: limit }),
  });
  const call = { readable: reading, cancel: () => reading.cancel(), isShort: limit <= SHORT };
  try {
    for await (const { event } of items<ResolvedEvent>(connection, call)) {
      if (event) yield toRecorded(event);
    }
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw damagedOr(stream, error);
    stored.isKnown = false;
  }
}

/**
 * The client reads $all without a filter only, so this is a filtered subscription that ends at the
 * head: the server sends what was asked for and nothing else.
 * @param end of the log, where it is known
 */
export function readAll(
  connection: Connection,
  { after, prefixes, limit = Infinity }: ReadAllOptions,
  end = endOfLog(connection),
): AsyncIterable<RecordedEvent> {
  checkPrefixes(prefixes);
  const from = after === undefined ? undefined : fromPosition(after);
  // Iterating reports it; until then nobody may be listening.
  end.catch(() => undefined);

  return (async function* () {
    const last = await end;
    let left = limit;
    if (left <= 0 || last === undefined || (after !== undefined && after >= last)) return;
    for await (const item of session(connection, from, prefixes)) {
      if (item.kind === 'caught-up') return;
      if (item.kind === 'checkpoint') {
        // A server may name the place of an event it has yet to send (EventStoreDB 4970).
        if (isBehindAll(item.position, last)) return;
      } else {
        if (item.event.position > last) return;
        yield item.event;
        left -= 1;
        if (left <= 0 || item.event.position === last) return;
      }
    }
    throw new EventStoreUnavailable('EventStoreDB: the server ended a read half-way');
  })();
}

/** Whether a checkpoint lies behind an event; one without a place (KurrentDB 4892) lies nowhere. */
const isBehindAll = (checkpoint: LogPosition, last: Position): boolean =>
  hasPlace(checkpoint) && toPosition(checkpoint) > last;

/** Position of the last event in $all, of whatever kind. */
export async function endOfLog(connection: Connection): Promise<Position | undefined> {
  for await (const event of readBackwards(connection, END, 1)) return toPosition(event.position);
  return undefined;
}

/** The event at a position, which a read forwards from there begins with. */
export async function eventAt(
  connection: Connection,
  position: Position,
): Promise<EventAt | undefined> {
  const reading = connection.client.readAll({
    direction: FORWARDS,
    fromPosition: fromPosition(position),
    maxCount: 1,
  });
  const call = { readable: reading, cancel: () => reading.cancel(), isShort: true };
  try {
    for await (const { event } of items<AllStreamResolvedEvent>(connection, call)) {
      if (event && toPosition(event.position) === position) {
        return { id: event.id, stream: event.streamId };
      }
    }
    return undefined;
  } catch (error) {
    throw translated(error);
  }
}

/** Looks back from the end of $all; the last shown event is nearly always near it. */
export async function head(
  connection: Connection,
  prefixes: readonly string[] | undefined,
): Promise<Position | undefined> {
  checkPrefixes(prefixes);
  let from: LogPosition | typeof END = END;
  for (const count of LOOKS) {
    let read = 0;
    for await (const { streamId, position } of readBackwards(connection, from, count)) {
      if (isShown(streamId, prefixes)) return toPosition(position);
      from = position;
      read += 1;
    }
    if (read < count) return undefined;
  }
  return undefined;
}

/** So many events are looked at first, then, then all others, where a shared log ends in another's many. */
const LOOKS = [10, SHORT, Number.MAX_SAFE_INTEGER] as const;

/** So many events before the position, the last first. */
async function* readBackwards(
  connection: Connection,
  fromPosition: LogPosition | typeof END,
  maxCount: number,
): AsyncGenerator<NonNullable<AllStreamResolvedEvent['event']>> {
  const reading = connection.client.readAll({ direction: BACKWARDS, fromPosition, maxCount });
  const call = { readable: reading, cancel: () => reading.cancel(), isShort: maxCount <= SHORT };
  try {
    for await (const { event } of items<AllStreamResolvedEvent>(connection, call)) {
      if (event) yield event;
    }
  } catch (error) {
    throw translated(error);
  }
}
