import type Database from 'better-sqlite3';
import type { MessagePort } from 'node:worker_threads';
import type { Crossed } from '#threads';

/** What the thread is told; each is answered once, in order. */
export type Order =
  /** Rows to write, flat: id, position, doc, search, id, … */
  | { readonly kind: 'write'; readonly rows: readonly string[] }
  | { readonly kind: 'get'; readonly ids: readonly string[] }
  /** What was written so far is kept, with this text; what follows is lost again if the process dies. */
  | { readonly kind: 'milestone'; readonly value: string }
  | { readonly kind: 'finish' }
  /** Back to the last milestone. */
  | { readonly kind: 'leave' };

/** Rows found, flat: id, position, doc, id, …; none for other orders. */
export type Answer = { readonly found: readonly string[] } | { readonly error: Crossed };

/** How the file is begun, and the statements for its one table. */
export interface Work {
  readonly path: string;
  readonly begin: readonly string[];
  /** Takes a milestone's text. */
  readonly keep: string;
  /** What is to be undone before it is a collection like any other. */
  readonly end: readonly string[];
  readonly write: string;
  readonly get: string;
}

interface Tools {
  readonly port: MessagePort;
  readonly open: (path: string) => Database.Database;
  /** Returns when the file is on the disk. */
  readonly flush: (path: string) => void;
}

/**
 * Fills one file. It runs in a thread of its own, which is given the text of this function and
 * nothing else, so that it starts at once from sources and from `dist` alike: nothing outside of
 * it may be named here but types.
 *
 * From one milestone to the next is one transaction. Its journal on the disk holds only the pages
 * that were there before it, so that long transactions cost little.
 */
export function loadThread({ port, open, flush }: Tools, work: Work): void {
  const COLUMNS = 4;
  const db = open(work.path);
  for (const sql of work.begin) db.exec(sql);
  const write = db.prepare(work.write);
  const keep = db.prepare(work.keep);
  const get = db.prepare<[string], string[]>(work.get).raw();
  db.exec('BEGIN');

  const carryOut = (order: Order): readonly string[] => {
    if (order.kind === 'get') return get.all(JSON.stringify(order.ids)).flat();
    if (order.kind === 'write') {
      const { rows } = order;
      for (let at = 0; at < rows.length; at += COLUMNS) {
        write.run(rows[at], rows[at + 1], rows[at + 2], rows[at + 3]);
      }
      return [];
    }
    if (order.kind === 'milestone') {
      keep.run(order.value);
      db.exec('COMMIT');
      db.exec('BEGIN');
      return [];
    }
    if (order.kind === 'leave') {
      db.exec('ROLLBACK');
      db.close();
      return [];
    }
    db.exec('COMMIT');
    for (const sql of work.end) db.exec(sql);
    db.close();
    flush(work.path);
    return [];
  };

  port.on('message', (order: Order) => {
    try {
      port.postMessage({ found: carryOut(order) });
    } catch (error) {
      const { code, message } = error as { code?: unknown; message?: unknown };
      port.postMessage({ error: { code: String(code), message: String(message) } });
    }
  });
}
