import Database from 'better-sqlite3';
import { EventStoreUnavailable } from '../port.ts';

const SCHEMA_VERSION = 1;

const SCHEMA = `
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
  PRAGMA user_version = ${String(SCHEMA_VERSION)};
`;

/**
 * Opens the log file, making it where it is missing. Any number of processes may have it open.
 *
 * `synchronous = FULL` makes COMMIT return only when the write-ahead log is on the disk, which is
 * what "durable before acknowledged" rests on.
 *
 * @throws EventStoreUnavailable the file cannot be opened, or was written by a newer version.
 */
export function openDatabase(path: string, busyTimeoutMs: number): Database.Database {
  try {
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
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > SCHEMA_VERSION) {
    throw new Error(`${path} was written by a newer version (schema ${version})`);
  }
  if (version === SCHEMA_VERSION) return;
  db.transaction(() => db.exec(SCHEMA)).immediate();
}

/** Whatever SQLite or the file system said, for a caller who can only ask again. */
export function unavailable(error: unknown): EventStoreUnavailable {
  if (error instanceof EventStoreUnavailable) return error;
  const message = error instanceof Error ? error.message : String(error);
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
