import type { Database } from 'better-sqlite3';
import { checkAppend } from '../checks.ts';
import { EventStoreUnavailable, RevisionConflict, StreamDamaged } from '../port.ts';
import type { Appended, EventStore, ExpectedRevision, NewEvent, StreamAppend } from '../port.ts';
import { unavailable } from './database.ts';
import { toPosition } from './rows.ts';

/** What one call asked for: appends of which none is carried out behind one that is refused. */
interface Waiting {
  readonly appends: readonly Serialized[];
  /** Told what the last of them was answered. */
  resolve(last: Appended): void;
  reject(error: unknown): void;
}

interface Serialized {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly SerializedEvent[];
}

/** Serialized when append is called: what the caller does to its objects afterwards changes nothing. */
interface SerializedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export interface Appender {
  readonly append: EventStore['append'];
  readonly appendInOrder: EventStore['appendInOrder'];
  /** Writes what still waits. */
  readonly flush: () => void;
}

/**
 * Group commit: appends that wait in the same turn of the event loop share one transaction, and so
 * one wait for the disk, while each succeeds or fails on its own. No promise settles before COMMIT.
 */
export function createAppender(db: Database, onCommitted: () => void): Appender {
  const write = createWriter(db);
  const transaction = createTransaction(db);
  let waiting: Waiting[] = [];

  const flush = () => {
    const group = waiting;
    waiting = [];
    if (group.length === 0) return;
    try {
      const settle = transaction(() => group.map((one) => attempt(write, one)));
      onCommitted();
      for (const one of settle) one();
    } catch (error) {
      for (const one of group) one.reject(unavailable(error));
    }
  };

  const wait = (appends: readonly StreamAppend[]): Promise<Appended> =>
    new Promise((resolve, reject) => {
      for (const { stream, events } of appends) checkAppend(stream, events);
      if (!db.open) throw new EventStoreUnavailable('event log: closed');
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ appends: appends.map(serialize), resolve, reject });
    });

  return {
    flush,
    append: (stream, expected, events) => wait([{ stream, expected, events }]),
    appendInOrder: async (appends) => {
      if (appends.length > 0) await wait(appends);
    },
  };
}

function serialize({ stream, expected, events }: StreamAppend): Serialized {
  return { stream, expected, events: events.map(serializeEvent) };
}

function serializeEvent(event: NewEvent): SerializedEvent {
  const { id, type } = event;
  return { id, type, data: JSON.stringify(event.data), metadata: JSON.stringify(event.metadata) };
}

type Write = (one: Serialized) => Appended;

/** Carries one call out inside the transaction; the answer is given only after COMMIT. */
function attempt(write: Write, one: Waiting): () => void {
  try {
    const last = one.appends.map(write).at(-1) as Appended;
    return () => one.resolve(last);
  } catch (error) {
    const kinds = [RevisionConflict, StreamDamaged, DuplicateEventId];
    if (kinds.some((kind) => error instanceof kind)) {
      return () => one.reject(error);
    }
    throw error;
  }
}

/** An id that already stands elsewhere in the log: a fault of the writer, not a repeated append. */
class DuplicateEventId extends Error {
  override readonly name = 'DuplicateEventId';
}

function createWriter(db: Database): Write {
  const lastRevision = db
    .prepare<[string], number>('SELECT revision FROM streams WHERE stream = ?')
    .pluck();
  const isThere = db
    .prepare<[string, number], number>('SELECT 1 FROM events WHERE stream = ? AND revision = ?')
    .pluck();
  const insert = db.prepare<[string, number, string, string, string, string, string]>(
    `INSERT INTO events (stream, revision, id, type, data, metadata, recorded_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const findRepeated = createRepeatFinder(db);
  // A transaction inside a transaction is a savepoint: an append that fails half-way leaves nothing.
  const insertAll = db.transaction((one: Serialized, first: number): Appended => {
    const recordedAt = new Date().toISOString();
    let position = 0;
    one.events.forEach(({ id, type, data, metadata }, index) => {
      const row = [one.stream, first + index, id, type, data, metadata, recordedAt] as const;
      position = Number(insert.run(...row).lastInsertRowid);
    });
    return { revision: first + one.events.length - 1, position: toPosition(position) };
  });

  return (one) => {
    const actual = lastRevision.get(one.stream) ?? 'no-stream';
    if (actual !== one.expected) {
      const before = findRepeated(one);
      if (before !== undefined) return before;
      throw new RevisionConflict(one.stream, one.expected, actual);
    }
    if (one.expected !== 'no-stream' && isThere.get(one.stream, one.expected) === undefined) {
      throw new StreamDamaged(one.stream, 'gap', `event ${one.expected} is missing`);
    }
    try {
      return insertAll(one, following(one.expected));
    } catch (error) {
      if (!isConstraint(error)) throw error;
      throw new DuplicateEventId(`${one.stream}: event id already in use`, { cause: error });
    }
  };
}

/** Finds the events of a repeated append where the first one put them. */
function createRepeatFinder(db: Database): (one: Serialized) => Appended | undefined {
  const select = db.prepare<[string, number, number], { id: string; position: number }>(
    `SELECT id, position FROM events
     WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
  );
  return ({ stream, expected, events }) => {
    const first = following(expected);
    const there = select.all(stream, first, events.length);
    const last = there.at(-1);
    if (last === undefined || there.length !== events.length) return undefined;
    if (!there.every(({ id }, index) => id === events[index]?.id)) return undefined;
    return { revision: first + events.length - 1, position: toPosition(last.position) };
  };
}

function following(expected: ExpectedRevision): number {
  return expected === 'no-stream' ? 0 : expected + 1;
}

/** Looks at the code alone: the driver's error class may come from another realm than this module's. */
function isConstraint(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  return String(error.code).startsWith('SQLITE_CONSTRAINT');
}

/** IMMEDIATE takes the write lock before the first read, so what was read still holds at COMMIT. */
function createTransaction(db: Database): <T>(work: () => T) => T {
  return (work) => db.transaction(work).immediate();
}
