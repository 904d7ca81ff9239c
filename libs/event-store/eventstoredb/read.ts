import { BACKWARDS, END, FORWARDS, START, StreamNotFoundError } from '@eventstore/db-client';
import type { AllStreamResolvedEvent, ResolvedEvent } from '@eventstore/db-client';
import { checkPrefixes, checkStream } from '../checks.ts';
import { EventStoreUnavailable } from '../port.ts';
import type { Position, ReadAllOptions, ReadStreamOptions, RecordedEvent } from '../port.ts';
import { items } from './connection.ts';
import type { Connection } from './connection.ts';
import { translated } from './errors.ts';
import { isShown, toRecorded } from './events.ts';
import { fromPosition, toPosition } from './position.ts';
import { session } from './session.ts';

export async function* readStream(
  connection: Connection,
  stream: string,
  { direction = 'forward', from, limit = Infinity }: ReadStreamOptions = {},
): AsyncGenerator<RecordedEvent> {
  checkStream(stream);
  if (limit <= 0) return;
  const start = direction === 'forward' ? START : END;
  const reading = connection.client.readStream(stream, {
    direction: direction === 'forward' ? FORWARDS : BACKWARDS,
    fromRevision: from === undefined ? start : BigInt(from),
    ...(limit === Infinity ? {} : { maxCount: limit }),
  });
  const call = { readable: reading, cancel: () => reading.cancel() };
  try {
    for await (const { event } of items<ResolvedEvent>(connection, call)) {
      if (event) yield toRecorded(event);
    }
  } catch (error) {
    if (!(error instanceof StreamNotFoundError)) throw translated(error);
  }
}

/**
 * The client reads $all without a filter only, so this is a filtered subscription that ends at the
 * head: the server sends what was asked for and nothing else.
 */
export function readAll(
  connection: Connection,
  { after, prefixes, limit = Infinity }: ReadAllOptions,
): AsyncIterable<RecordedEvent> {
  checkPrefixes(prefixes);
  const from = after === undefined ? undefined : fromPosition(after);
  const end = endOfLog(connection);
  // Iterating reports it; until then nobody may be listening.
  end.catch(() => undefined);

  return (async function* () {
    const last = await end;
    let left = limit;
    if (left <= 0 || last === undefined || (after !== undefined && after >= last)) return;
    for await (const item of session(connection, from, prefixes)) {
      if (item.kind === 'caught-up') return;
      if (item.kind === 'checkpoint') {
        if (toPosition(item.position) >= last) return;
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

/** Position of the last event in $all, of whatever kind. */
async function endOfLog(connection: Connection): Promise<Position | undefined> {
  for await (const { event } of readBackwards(connection, 1)) {
    if (event) return toPosition(event.position);
  }
  return undefined;
}

/** Looks back from the end of $all; the last shown event is nearly always near it. */
export async function head(
  connection: Connection,
  prefixes: readonly string[] | undefined,
): Promise<Position | undefined> {
  checkPrefixes(prefixes);
  for await (const { event } of readBackwards(connection)) {
    if (event && isShown(event.streamId, prefixes)) return toPosition(event.position);
  }
  return undefined;
}

async function* readBackwards(
  connection: Connection,
  maxCount?: number,
): AsyncGenerator<AllStreamResolvedEvent> {
  const reading = connection.client.readAll({
    direction: BACKWARDS,
    fromPosition: END,
    ...(maxCount === undefined ? {} : { maxCount }),
  });
  const call = { readable: reading, cancel: () => reading.cancel() };
  try {
    yield* items<AllStreamResolvedEvent>(connection, call);
  } catch (error) {
    throw translated(error);
  }
}
