import Database from 'better-sqlite3';
import type { Journal, LogRecord } from './log.ts';

type Row = Omit<LogRecord, 'position' | 'revision'> & Record<'position' | 'revision', bigint>;

/** A file of SQLite; a process that is killed at any moment leaves whole appends in it. */
export function openJournal(path: string): Journal {
  const db = new Database(path);
  db.pragma('journal_mode = WAL');
  db.exec(`CREATE TABLE IF NOT EXISTS records (position INTEGER PRIMARY KEY, id TEXT, stream TEXT,
    revision INTEGER, type TEXT, contentType TEXT, data BLOB, metadata BLOB, created TEXT) STRICT`);
  const insert = db.prepare(`INSERT INTO records VALUES (:position, :id, :stream, :revision, :type,
    :contentType, :data, :metadata, :created)`);
  const all = db.prepare('SELECT * FROM records ORDER BY position').safeIntegers();
  const kept = (all.all() as Row[]).map((row) => ({ ...row, revision: Number(row.revision) }));
  return {
    kept,
    add: (record) => {
      if (!db.inTransaction) db.exec('BEGIN');
      const [data, metadata] = [Buffer.from(record.data), Buffer.from(record.metadata)];
      insert.run({ ...record, data, metadata });
    },
    commit: () => {
      if (db.inTransaction) db.exec('COMMIT');
    },
  };
}
