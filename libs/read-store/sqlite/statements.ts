import type { Database, Statement } from 'better-sqlite3';

/** Statements by their text, rows as arrays, which cost less than objects. */
export type Statements = (sql: string) => Statement<unknown[], unknown[]>;

/** More than the queries of all screens; a caller with endless filters only loses the oldest. */
const MOST_STATEMENTS = 500;

/**
 * Prepares each text once. A statement outlives changes of the schema, also by other processes:
 * SQLite prepares it anew by itself, or says that the table is gone.
 */
export function createStatements(db: Database): Statements {
  const known = new Map<string, Statement<unknown[], unknown[]>>();
  return (sql) => {
    const statement = known.get(sql);
    if (statement) return statement;
    const prepared = db.prepare<unknown[], unknown[]>(sql);
    if (prepared.reader) prepared.raw();
    const [oldest] = known.keys();
    if (known.size >= MOST_STATEMENTS && oldest !== undefined) known.delete(oldest);
    known.set(sql, prepared);
    return prepared;
  };
}
