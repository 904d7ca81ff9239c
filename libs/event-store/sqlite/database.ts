import Database from 'better-sqlite3';
import { makePrivate } from '#config';
import { EventStoreRefuses, EventStoreUnavailable, StreamDamaged } from '../port.ts';

/** What holds for whoever writes to the file, this program or a hand. */
const guards = {
  events_are_counted: `AFTER INSERT ON events BEGIN
    INSERT INTO streams VALUES (new.stream, new.revision)
    ON CONFLICT (stream) DO UPDATE SET revision = max(revision, excluded.revision);
  END`,
  events_are_kept: `BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
  END`,
  events_are_unchanged: `BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'the log is append-only');
  END`,
} as const;

const GUARDS = Object.entries(guards)
  .map(([name, rule]) => `CREATE TRIGGER IF NOT EXISTS ${name} ${rule};`)
  .join('\n');

/** The guards somebody has taken away. */
export function missingGuards(db: Database.Database): string[] {
  const there = db.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all();
  return Object.keys(guards).filter((name) => !there.includes(name));
}

/** Puts up the guards that are missing. */
export const guard = (db: Database.Database): void => {
  db.exec(GUARDS);
};

/** What each version of the file added, oldest first. */
const STEPS = [
  `
  CREATE TABLE IF NOT EXISTS events (
    position    INTEGER PRIMARY KEY,
    stream      TEXT    NOT NULL,
    revision    INTEGER NOT NULL,
    id          TEXT    NOT NULL UNIQUE,
    type        TEXT    NOT NULL,
    data        TEXT    NOT NULL,
    metadata    TEXT    NOT NULL,
    recorded_at TEXT    NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  `,
  // How far each stream has got, whatever becomes of its events, and that nothing becomes of them:
  // triggers hold for every process that has the file open, older versions and hands among them.
  `
  CREATE TABLE streams (
    stream   TEXT    NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO streams SELECT stream, max(revision) FROM events GROUP BY stream;
  ${GUARDS}
  `,
] as const;

/**
 * Opens the log file, making it where it is missing. Any number of processes may have it open.
 *
 * `synchronous = FULL` makes COMMIT return only when the write-ahead log is on the disk, which is
 * what "durable before acknowledged" rests on.
 *
 * @throws EventStoreRefuses the file is damaged.
 * @throws EventStoreUnavailable it cannot be opened, or was written by a newer version.
 */
export function openDatabase(path: string, busyTimeoutMs: number): Database.Database {
  try {
    makePrivate(path);
    const db = new Database(path, { timeout: busyTimeoutMs });
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    migrate(db, path);
    return db;
  } catch (error) {
    throw unavailable(error);
  }
}

function migrate(db: Database.Database, path: string): void {
  const versionNow = (): number => Number(db.pragma('user_version', { simple: true }));
  if (versionNow() > STEPS.length) {
    throw new Error(`${path} was written by a newer version (schema ${versionNow()})`);
  }
  if (versionNow() === STEPS.length) return;
  const step = db.transaction(() => {
    // Read again under the lock: two processes may have opened the file at once.
    for (const sql of STEPS.slice(versionNow())) db.exec(sql);
    db.pragma(`user_version = ${STEPS.length}`);
  });
  step.immediate();
}

const DAMAGED_REMEDY =
  'stop the service, keep events.db* as they are, and put a backup in their place (ops restore)';

/** Whatever SQLite or the file system said, for a caller who can only ask again. */
export function unavailable(error: unknown): Error {
  if (error instanceof EventStoreUnavailable || error instanceof StreamDamaged) return error;
  const { code, message = String(error) } = error as { code?: unknown; message?: string };
  // Pages are not what SQLite wrote: no waiting mends that.
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(String(code))) {
    const reason = `events.db is damaged (${message})`;
    return new EventStoreRefuses(reason, DAMAGED_REMEDY, { cause: error });
  }
  return new EventStoreUnavailable(`event log: ${message}`, { cause: error });
}

/** Runs one call to SQLite, turning what it throws into the port's error. */
export function guarded<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw unavailable(error);
  }
}
