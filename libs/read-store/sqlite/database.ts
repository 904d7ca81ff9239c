import Database from 'better-sqlite3';
import { makePrivate } from '#config';
import { ReadStoreUnavailable } from '../port.ts';

const SCHEMA_VERSION = 1;
/** Of the whole file, for pages read again while a read model is being filled. */
const CACHE_KIB = 64 * 1024;
/** Several documents to a page; only a new file takes it. */
export const PAGE_BYTES = 16 * 1024;
/** Pages in the write-ahead log before it is folded into the file: fewer, larger checkpoints where much is written. */
const CHECKPOINT_PAGES = 4000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS control (
    key     TEXT    PRIMARY KEY,
    version INTEGER NOT NULL,
    value   TEXT    NOT NULL
  ) STRICT;
  PRAGMA user_version = ${String(SCHEMA_VERSION)};
`;

interface OpenOptions {
  readonly busyTimeoutMs: number;
  readonly cacheKib?: number;
  readonly fileMustExist?: boolean;
  readonly checkpointPages?: number;
}

/**
 * Opens a file of read models, making it where it is missing. Any number of processes may have
 * it open.
 *
 * `synchronous = NORMAL`: a power cut may take the last transactions, but never a later one without
 * the earlier, so a checkpoint is never ahead of its documents and the log fills in the rest.
 *
 * @throws ReadStoreUnavailable the file cannot be opened, or was written by a newer version.
 */
export function openDatabase(path: string, options: OpenOptions): Database.Database {
  const { busyTimeoutMs, cacheKib = CACHE_KIB, fileMustExist = false } = options;
  const { checkpointPages = CHECKPOINT_PAGES } = options;
  let db: Database.Database | undefined;
  try {
    if (!fileMustExist) makePrivate(path);
    db = new Database(path, { timeout: busyTimeoutMs, fileMustExist });
    db.pragma(`page_size = ${String(PAGE_BYTES)}`);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma(`cache_size = -${String(cacheKib)}`);
    db.pragma(`wal_autocheckpoint = ${String(checkpointPages)}`);
    db.pragma('temp_store = MEMORY');
    migrate(db, path);
    return db;
  } catch (error) {
    db?.close();
    throw unavailable(error);
  }
}

/** Of each file, in each reader. */
const READER_CACHE_KIB = 4 * 1024;

/**
 * Opens a file of read models that is there, to read it while others write.
 * @throws ReadStoreUnavailable
 */
export function openForReading(path: string, busyTimeoutMs: number): Database.Database {
  try {
    const db = new Database(path, { readonly: true, timeout: busyTimeoutMs });
    db.pragma(`cache_size = -${String(READER_CACHE_KIB)}`);
    db.pragma('temp_store = MEMORY');
    return db;
  } catch (error) {
    throw unavailable(error);
  }
}

/** With the file's write-ahead log on the disk before it returns, and so all that was written to it before. */
export function durably<T>(db: Database.Database, write: () => T): T {
  db.pragma('synchronous = FULL');
  try {
    return write();
  } finally {
    db.pragma('synchronous = NORMAL');
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

function unavailable(error: unknown): ReadStoreUnavailable {
  const message = error instanceof Error ? error.message : String(error);
  return new ReadStoreUnavailable(`read models: ${message}`, { cause: error });
}

/** What time, or an operator, may mend; anything else SQLite says is a fault of the program. */
const PASSING = /^SQLITE_(BUSY|LOCKED|IOERR|FULL|CANTOPEN|READONLY|CORRUPT|NOTADB|NOMEM|PROTOCOL)/;

/**
 * What SQLite threw, known by its code and not by its class: the native module's class may belong
 * to another realm than the one that asks, and `instanceof` then says no.
 */
function sqliteError(error: unknown): { readonly code: string; readonly message: string } {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  const known = typeof code === 'string' && code.startsWith('SQLITE_');
  return { code: known ? code : '', message: known ? String(message) : '' };
}

/** The file itself is not what SQLite wrote: no waiting mends that. */
export const isDamage = (error: unknown): boolean =>
  /^SQLITE_(CORRUPT|NOTADB)/.test(sqliteError(error).code);

/** The port's error for what SQLite threw, where there is one. */
export function portError(error: unknown): Error {
  if (error instanceof ReadStoreUnavailable) return error;
  if (PASSING.test(sqliteError(error).code)) return unavailable(error);
  return error instanceof Error ? error : new Error(String(error));
}

/** True where the collection's table does not exist, never or no longer. */
export const isNoSuchTable = (error: unknown): boolean =>
  sqliteError(error).message.startsWith('no such table: ');
