import { NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import type { AppendResult } from '@eventstore/db-client';
import { checkAppend } from '../checks.ts';
import { EventStoreUnavailable, RevisionConflict, StreamDamaged } from '../port.ts';
import type { Appended, ExpectedRevision, NewEvent, RecordedEvent } from '../port.ts';
import type { Connection } from './connection.ts';
import { toJsonEvent } from './events.ts';
import { toPosition } from './position.ts';
import { damagedOr, readAsStored, requireNeverWritten } from './read.ts';

export async function append(
  connection: Connection,
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Promise<Appended> {
  checkAppend(stream, events);
  // A server lets a deleted stream begin anew, and its numbers with it.
  if (expected === 'no-stream') await requireNeverWritten(connection, stream);
  const outcome = await send(connection, stream, expected, events);
  if ('actual' in outcome) {
    const before = await findRepeated(connection, stream, expected, events);
    if (before) return { revision: before.revision, position: before.position };
    throw new RevisionConflict(stream, expected, outcome.actual);
  }
  const revision = Number(outcome.nextExpectedRevision);
  const meant = (expected === 'no-stream' ? -1 : expected) + events.length;
  if (revision !== meant) {
    throw new StreamDamaged(stream, 'misplaced', `written up to ${revision}, meant ${meant}`);
  }
  if (outcome.position) return { revision, position: toPosition(outcome.position) };
  // A server need not tell the position when it recognises a repeated append.
  const last = await eventAt(connection, stream, revision);
  return { revision, position: last?.position ?? toPosition(undefined) };
}

interface Conflict {
  readonly actual: ExpectedRevision;
}

async function send(
  { client, deadlineMs, closing }: Connection,
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Promise<AppendResult | Conflict> {
  if (closing.aborted) throw new EventStoreUnavailable('EventStoreDB: closed');
  try {
    const result = await client.appendToStream(stream, events.map(toJsonEvent), {
      expectedRevision: expected === 'no-stream' ? NO_STREAM : BigInt(expected),
      deadline: deadlineMs,
    });
    // Not thrown but answered where the connection string says throwOnAppendFailure=false.
    return result.success ? result : { actual: toRevision(result.nextExpectedRevision) };
  } catch (error) {
    if (!(error instanceof WrongExpectedVersionError)) throw damagedOr(stream, error);
    const actual = error.actualVersion;
    return { actual: typeof actual === 'bigint' ? toRevision(actual) : 'no-stream' };
  }
}

function toRevision(version: bigint): ExpectedRevision {
  return version < 0n ? 'no-stream' : Number(version);
}

/** The last event of the same append where it was carried out before, with the same ids at the same place. */
async function findRepeated(
  connection: Connection,
  stream: string,
  expected: ExpectedRevision,
  events: readonly NewEvent[],
): Promise<RecordedEvent | undefined> {
  const from = expected === 'no-stream' ? 0 : expected + 1;
  let last: RecordedEvent | undefined;
  let found = 0;
  const options = { from, limit: events.length, stored: { isKnown: true } };
  for await (const there of readAsStored(connection, stream, options)) {
    if (there.id !== events[found]?.id) return undefined;
    found += 1;
    last = there;
  }
  return found === events.length ? last : undefined;
}

async function eventAt(
  connection: Connection,
  stream: string,
  from: number,
): Promise<RecordedEvent | undefined> {
  const options = { from, limit: 1, stored: { isKnown: true } };
  for await (const event of readAsStored(connection, stream, options)) return event;
  return undefined;
}
