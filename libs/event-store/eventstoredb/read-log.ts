import { BACKWARDS, END, FORWARDS } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, Position as LogPosition } from '@eventstore/db-client';
import { checkPrefixes } from '../checks.ts';
import { flat } from '../pages.ts';
import { EventStoreUnavailable } from '../port.ts';
import type { EventAt, Position, ReadAllOptions, RecordedEvent } from '../port.ts';
import { items, OF_LEADER, SHORT } from './connection.ts';
import type { Connection } from './connection.ts';
import { translated } from './errors.ts';
import { isShown } from './events.ts';
import { fromPosition, hasPlace, toPosition } from './position.ts';
import { session, type SessionItem } from './session.ts';

/** The log in order, one event at a time; see {@link readAllInBunches}. */
export const readAll = (
  connection: Connection,
  options: ReadAllOptions,
): AsyncGenerator<RecordedEvent> =>
  flat(readAllInBunches(connection, options, endOfLog(connection)));

/**
 * The client reads $all without a filter only, so this is a filtered subscription that ends at the
 * head: the server sends what was asked for and nothing else. As many events at a time as have come.
 * @param end of the log
 */
export function readAllInBunches(
  connection: Connection,
  { after, prefixes, limit = Infinity }: ReadAllOptions,
  end: Promise<Position | undefined>,
): AsyncIterable<readonly RecordedEvent[]> {
  checkPrefixes(prefixes);
  const from = after === undefined ? undefined : fromPosition(after);
  // Iterating reports it; until then nobody may be listening.
  end.catch(() => undefined);

  return (async function* () {
    const last = await end;
    let left = limit;
    if (left <= 0 || last === undefined || (after !== undefined && after >= last)) return;
    for await (const items of session(connection, from, prefixes)) {
      const { events, isEnd } = upTo(items, last, left);
      left -= events.length;
      if (events.length > 0) yield events;
      if (isEnd) return;
    }
    throw new EventStoreUnavailable('EventStoreDB: the server ended a read half-way');
  })();
}

/** The events of a bunch up to the last of the log, at most so many, and whether the read ends there. */
function upTo(items: readonly SessionItem[], last: Position, most: number) {
  const events: RecordedEvent[] = [];
  for (const item of items) {
    if (item.kind === 'caught-up') return { events, isEnd: true };
    if (item.kind === 'checkpoint') {
      // A server may name the place of an event it has yet to send (EventStoreDB 4970).
      if (isBehindAll(item.position, last)) return { events, isEnd: true };
      continue;
    }
    if (item.event.position > last) return { events, isEnd: true };
    events.push(item.event);
    const isEnd = events.length >= most || item.event.position === last;
    if (isEnd) return { events, isEnd };
  }
  return { events, isEnd: false };
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
    ...OF_LEADER,
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
  const reading = connection.client.readAll({
    ...{ direction: BACKWARDS, fromPosition, maxCount },
    ...OF_LEADER,
  });
  const call = { readable: reading, cancel: () => reading.cancel(), isShort: maxCount <= SHORT };
  try {
    for await (const { event } of items<AllStreamResolvedEvent>(connection, call)) {
      if (event) yield event;
    }
  } catch (error) {
    throw translated(error);
  }
}
