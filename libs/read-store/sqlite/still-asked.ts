import type { Database } from 'better-sqlite3';

/**
 * The first condition of every read that may take long. SQLite's driver cannot interrupt a
 * statement, and a thread that runs one cannot be ended before it is through; but SQLite asks this
 * function of every row it comes to, and what the function throws ends the statement at once. It
 * costs a seventh of a microsecond a row.
 */
export const STILL_ASKED = 'still_asked()';

/** @param look throws when nobody waits for the read under way */
export function whileStillAsked(db: Database, look: () => void): void {
  // Not deterministic: else SQLite would ask once for all rows.
  db.function('still_asked', { deterministic: false }, () => {
    look();
    return 1;
  });
}
