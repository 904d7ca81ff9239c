import type { Database } from 'better-sqlite3';
import { RevisionConflict, StreamDamaged } from '../port.ts';
import type { Appended, ExpectedRevision } from '../port.ts';
import { toPosition } from './rows.ts';

/** Events as they are written: text, so that they cross into another thread as they are. */
export interface SerializedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export interface Serialized {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly SerializedEvent[];
}

/** What one call asked for: appends of which none is carried out behind one that is refused. */
export type Call = readonly Serialized[];

/** An id that already stands elsewhere in the log: a fault of the writer, not a repeated append. */
export class DuplicateEventId extends Error {
  override readonly name = 'DuplicateEventId';
}

/** What a call is refused by, in a form that crosses into another thread. */
export type Refused =
  | {
      readonly kind: 'conflict';
      readonly stream: string;
      readonly expected: ExpectedRevision;
      readonly actual: ExpectedRevision;
    }
  | { readonly kind: 'gap'; readonly stream: string; readonly revision: number }
  | { readonly kind: 'duplicate'; readonly stream: string };

/** What the last append of a call was answered, or why the call was refused. */
export type Outcome = Appended | Refused;

/** Carries out the calls of one group in one transaction, each by itself. @throws SqliteError nothing was written */
export type WriteGroup = (calls: readonly Call[]) => readonly Outcome[];

export const refusal = (refused: Refused): Error => {
  const { kind, stream } = refused;
  if (kind === 'conflict') return new RevisionConflict(stream, refused.expected, refused.actual);
  if (kind === 'gap') {
    return new StreamDamaged(stream, 'gap', `event ${refused.revision} is missing`);
  }
  return new DuplicateEventId(`${stream}: event id already in use`);
};

/** How a call is broken off inside the transaction, whose other calls stand. */
class CallRefused extends Error {
  constructor(readonly why: Refused) {
    super(why.kind);
  }
}

export function createGroupWriter(db: Database): WriteGroup {
  const write = createWriter(db);
  const carryOut = db.transaction((calls: readonly Call[]) =>
    calls.map((call): Outcome => {
      try {
        return call.map(write).at(-1) as Appended;
      } catch (error) {
        if (error instanceof CallRefused) return error.why;
        throw error;
      }
    }),
  );
  // IMMEDIATE takes the write lock before the first read, so what was read still holds at COMMIT.
  return (calls) => carryOut.immediate(calls);
}

type Write = (one: Serialized) => Appended;

function createWriter(db: Database): Write {
  const lastRevision = db
    .prepare<[string], number>('SELECT revision FROM streams WHERE stream = ?')
    .pluck();
  const isThere = db
    .prepare<[string, number], number>('SELECT 1 FROM events WHERE stream = ? AND revision = ?')
    .pluck();
  const insertAll = createInsert(db);
  const findRepeated = createRepeatFinder(db);

  return (one) => {
    const { stream, expected } = one;
    const actual = lastRevision.get(stream) ?? 'no-stream';
    if (actual !== expected) {
      const before = findRepeated(one);
      if (before !== undefined) return before;
      throw new CallRefused({ kind: 'conflict', stream, expected, actual });
    }
    if (expected !== 'no-stream' && isThere.get(stream, expected) === undefined) {
      throw new CallRefused({ kind: 'gap', stream, revision: expected });
    }
    try {
      return insertAll(one, following(expected));
    } catch (error) {
      if (!isConstraint(error)) throw error;
      throw new CallRefused({ kind: 'duplicate', stream });
    }
  };
}

function createInsert(db: Database): (one: Serialized, first: number) => Appended {
  const insert = db.prepare<[string, number, string, string, string, string, string]>(
    `INSERT INTO events (stream, revision, id, type, data, metadata, recorded_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  // A transaction inside a transaction is a savepoint: an append that fails half-way leaves nothing.
  return db.transaction((one: Serialized, first: number): Appended => {
    const recordedAt = new Date().toISOString();
    let position = 0;
    one.events.forEach(({ id, type, data, metadata }, index) => {
      const row = [one.stream, first + index, id, type, data, metadata, recordedAt] as const;
      position = Number(insert.run(...row).lastInsertRowid);
    });
    return { revision: first + one.events.length - 1, position: toPosition(position) };
  });
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
