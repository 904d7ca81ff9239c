import Database from 'better-sqlite3';

const PAGE = 1000;

/**
 * The raw limit: every row of a log read in order, in the driver's fastest mode, and its JSON
 * parsed; nothing is done with it. Answers how many there were.
 */
export function bareRead(path: string): number {
  const db = new Database(path, { readonly: true });
  const page = db
    .prepare<[number, number], [number, string, string]>(
      `SELECT position, data, metadata, stream, revision, id, type, recorded_at FROM events
       WHERE position > ? ORDER BY position LIMIT ?`,
    )
    .raw();
  let after = 0;
  let parsed = 0;
  for (;;) {
    const rows = page.all(after, PAGE);
    if (rows.length === 0) break;
    for (const [position, data, metadata] of rows) {
      if (JSON.parse(data) && JSON.parse(metadata)) parsed += 1;
      after = position;
    }
  }
  db.close();
  return parsed;
}
