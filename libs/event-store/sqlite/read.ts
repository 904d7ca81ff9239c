import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import { StreamDamaged } from '../port.ts';
import type { EventAt, Position, ReadStreamOptions, RecordedEvent } from '../port.ts';
import { guarded } from './database.ts';
import { COLUMNS, prefixCondition, prefixParameters, toEvent, toPosition } from './rows.ts';
import type { Row } from './rows.ts';

/**
 * Events handed over without letting other work of the process go first. Few: what the collector
 * finds alive it copies, and of a small page it finds little.
 */
const PAGE = 100;
/** Log places one query may look through for matching streams, so that no query runs long. */
const WINDOW = 10_000;

/** Part of the log in order. `next` is where to go on reading: behind it nothing was looked at. */
export interface LogPage {
  readonly rows: readonly Row[];
  readonly next: number;
}

export interface Reader {
  /** Matching events behind `after` and up to `upTo`; perhaps only some of them, perhaps none yet. */
  page(after: number, upTo: number, limit?: number): LogPage;
  /** Place of the last event in the log, of whatever stream; 0 when the log is empty. */
  end(): number;
  /** Position of the last matching event. */
  head(): Position | undefined;
}

/** Reading of the whole log, or of the streams with one of the prefixes. */
export function createReader(db: Database, prefixes: readonly string[] | undefined): Reader {
  const parameters = prefixParameters(prefixes ?? []);
  // The + keeps SQLite walking the log in order instead of gathering streams by index and sorting.
  const matching = prefixes ? `AND ${prefixCondition(prefixes, '+stream')}` : '';
  const select = db
    .prepare<unknown[], Row>(
      `SELECT ${COLUMNS} FROM events WHERE position > ? AND position <= ? ${matching}
       ORDER BY position LIMIT ?`,
    )
    .raw();
  const end = db.prepare<[], number | null>('SELECT max(position) FROM events').pluck();
  const head = createHead(db, prefixes);

  const endOfLog = () => guarded(() => end.get() ?? 0);
  return {
    end: endOfLog,
    page: (after, upTo, limit = PAGE) => {
      const last = prefixes ? Math.min(upTo, after + WINDOW) : upTo;
      const asked = Math.min(limit, PAGE);
      const rows = guarded(() => select.all(after, last, ...parameters, asked));
      return { rows, next: rows.length === asked ? (rows.at(-1)?.[0] ?? last) : last };
    },
    head: () => guarded(() => head(endOfLog())),
  };
}

/** Which event stands at a position. */
export function createPlaceReader(db: Database): (position: number) => EventAt | undefined {
  const row = db.prepare<[number], EventAt>('SELECT id, stream FROM events WHERE position = ?');
  return (position) => guarded(() => row.get(position));
}

/** Looks near the end of the log first, where the last event nearly always is, then in the index of streams. */
function createHead(
  db: Database,
  prefixes: readonly string[] | undefined,
): (end: number) => Position | undefined {
  if (prefixes === undefined) return (end) => (end === 0 ? undefined : toPosition(end));
  const parameters = prefixParameters(prefixes);
  const near = db
    .prepare<unknown[], number>(
      `SELECT position FROM events WHERE position > ? AND ${prefixCondition(prefixes, '+stream')}
       ORDER BY position DESC LIMIT 1`,
    )
    .pluck();
  const anywhere = db
    .prepare<unknown[], number | null>(
      `SELECT max(position) FROM events WHERE ${prefixCondition(prefixes)}`,
    )
    .pluck();
  return (end) => {
    const position = near.get(end - WINDOW, ...parameters) ?? anywhere.get(...parameters);
    return position == null ? undefined : toPosition(position);
  };
}

type NextPage = () => readonly Row[] | undefined;

/** The log behind `after` up to its end when this was called. */
export function readLog(reader: Reader, after: number, limit = Infinity): NextPage {
  const end = reader.end();
  let cursor = after;
  let left = limit;
  return () => {
    if (cursor >= end || left <= 0) return undefined;
    const page = reader.page(cursor, end, left);
    cursor = page.next;
    left -= page.rows.length;
    return page.rows;
  };
}

export type StreamReader = (
  stream: string,
  options: ReadStreamOptions,
) => AsyncIterable<RecordedEvent>;

export function createStreamReader(db: Database): StreamReader {
  const prepare = (compare: string, order: string): Statement<unknown[], Row> =>
    db
      .prepare<unknown[], Row>(
        `SELECT ${COLUMNS} FROM events WHERE stream = ? AND revision ${compare} ?
         ORDER BY revision ${order} LIMIT ?`,
      )
      .raw();
  const forward = prepare('>=', 'ASC');
  const backward = prepare('<=', 'DESC');
  const lastOf = db
    .prepare<[string], number>('SELECT revision FROM streams WHERE stream = ?')
    .pluck();
  const requireThere = createPresenceCheck(db);

  return (stream, options) => {
    const { direction = 'forward', from, limit = Infinity } = options;
    const [statement, step] = direction === 'forward' ? [forward, 1] : [backward, -1];
    const last = (): number => guarded(() => lastOf.get(stream)) ?? -1;
    let next = step === 1 ? (from ?? 0) : Math.min(from ?? Infinity, last());
    let left = limit;
    let before = step === 1 ? next - 1 : -1;
    const nextPage: NextPage = () => {
      if (left <= 0) return undefined;
      // Once: the rows that follow are held against one another.
      if (before >= 0) requireThere(stream, before);
      before = -1;
      const asked = Math.min(left, PAGE);
      // Before the rows: what another process appends in between is no gap.
      const end = step === 1 ? last() : -1;
      const rows = guarded(() => statement.all(stream, next, asked));
      for (const [, , revision] of rows) {
        if (revision !== next) throw gapIn(stream, next);
        next += step;
      }
      left = rows.length < asked ? 0 : left - rows.length;
      // The end of what is there, which must be the end of what was written.
      const isEarly = step === 1 ? next <= end : next >= 0;
      if (rows.length < asked && isEarly) throw gapIn(stream, next);
      return rows;
    };
    return oneByOne(nextPage);
  };
}

/** Tells a stream that ends where it is read on from one that has lost its end. @throws StreamDamaged */
function createPresenceCheck(db: Database): (stream: string, revision: number) => void {
  const isThere = db
    .prepare<[string, number], number>('SELECT 1 FROM events WHERE stream = ? AND revision = ?')
    .pluck();
  return (stream, revision) => {
    if (guarded(() => isThere.get(stream, revision)) !== undefined) return;
    throw new StreamDamaged(stream, 'cut', `event ${revision} is missing`);
  };
}

const gapIn = (stream: string, revision: number): StreamDamaged =>
  new StreamDamaged(stream, 'gap', `event ${revision} is missing`);

/**
 * Events page by page. No statement stays open between pages: appends and other readers go on.
 * Events are parsed one by one as they are asked for, so a page costs its text and no more.
 */
export async function* oneByOne(nextPage: NextPage): AsyncGenerator<RecordedEvent> {
  for (let rows = nextPage(); rows !== undefined; rows = nextPage()) {
    for (const row of rows) yield toEvent(row);
    // Iterating alone never leaves the current turn, and the process has requests to answer.
    await nextTurn();
  }
}

/** Whole pages, parsed; as `oneByOne` they let other work of the process go between two of them. */
export async function* parsed(nextPage: NextPage): AsyncGenerator<readonly RecordedEvent[]> {
  for (let rows = nextPage(); rows !== undefined; rows = nextPage()) {
    if (rows.length > 0) yield rows.map(toEvent);
    await nextTurn();
  }
}
