import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  StreamDeletedError,
  StreamNotFoundError,
} from '@eventstore/db-client';
import type { ResolvedEvent } from '@eventstore/db-client';
import { checkStream } from '../checks.ts';
import { StreamDamaged } from '../port.ts';
import type { ReadStreamOptions, RecordedEvent } from '../port.ts';
import { items, OF_LEADER, SHORT } from './connection.ts';
import type { Connection } from './connection.ts';
import { translated } from './errors.ts';
import { toRecorded } from './events.ts';

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
    .getStreamMetadata(stream, { deadline: deadlineMs, ...OF_LEADER })
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
    ...OF_LEADER,
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
