import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { makePrivate } from '#config';

const SCHEMA_VERSION = 1;
const SCHEMA = `
  CREATE TABLE heads (
    id       INTEGER PRIMARY KEY,
    name     TEXT    NOT NULL UNIQUE,
    revision INTEGER NOT NULL,
    event_id TEXT    NOT NULL,
    position TEXT    NOT NULL,
    snapshot TEXT    NOT NULL
  ) STRICT;
  CREATE TABLE found (
    head     INTEGER NOT NULL,
    key      TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (head, key, revision)
  ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = ${String(SCHEMA_VERSION)};
`;

/** SQLite's name of a file that nobody else sees and that goes with the process. */
const TEMPORARY = '';

/**
 * Opens the file of heads, or makes it, and its folder, which with all stores on servers nobody else
 * makes; one that is damaged is made anew. Any number of processes may have it open. Commits do not
 * wait for the disk: whatever a crash of the machine takes is folded again from the log.
 */
export function openHeadsFile(
  path: string,
  onTrouble: (error: unknown) => void,
): Database.Database {
  if (path !== TEMPORARY) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    return opened(path);
  } catch (error) {
    onTrouble(error);
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
  }
  return opened(path);
}

export const openTemporaryFile = (): Database.Database => opened(TEMPORARY);

function opened(path: string): Database.Database {
  if (path !== TEMPORARY) makePrivate(path);
  const db = new Database(path, { timeout: 5000 });
  try {
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = OFF');
    const create = db.transaction(() => {
      if (Number(db.pragma('user_version', { simple: true })) !== SCHEMA_VERSION) db.exec(SCHEMA);
    });
    create.immediate();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
