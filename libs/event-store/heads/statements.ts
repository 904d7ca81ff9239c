import type { Database } from 'better-sqlite3';
import type { Position, Revision } from '../port.ts';
import type { StoredHead } from './stored-head.ts';

/** What of a fold is not written yet: its newest head, and the keys since the one that is. */
export interface Pending {
  readonly from: Revision | undefined;
  head: StoredHead;
  readonly found: Map<string, Revision[]>;
}

/** What is known of one fold. */
export interface Known {
  /** Up to which revision the keys are known; -1 where nothing is. */
  readonly coveredTo: Revision;
  /** Revisions up to `coveredTo` at which events under the key stand, ascending; or the last of them. */
  readonly find: (key: string, lastOnly?: boolean) => readonly Revision[];
}

interface Row {
  readonly id: number;
  readonly revision: Revision;
  readonly event_id: string;
  readonly position: string;
  readonly snapshot: string;
}

export type Written = ReturnType<typeof writtenIn>;

/** What is in the file, and how it changes. */
export function writtenIn(db: Database) {
  const select = db.prepare<[string], Row>('SELECT * FROM heads WHERE name = ?');
  const covered = db
    .prepare<[string], Revision>('SELECT revision FROM heads WHERE name = ?')
    .pluck();
  const remember = db.prepare<[number, string, Revision]>(
    'INSERT OR IGNORE INTO found (head, key, revision) VALUES (?, ?, ?)',
  );
  const move = createMove(db);
  const every = db.prepare<[], Row & { name: string }>('SELECT * FROM heads');

  return {
    get: (name: string): StoredHead | undefined => {
      const row = select.get(name);
      return row && storedHead(row);
    },
    all: () => every.all().map((row) => ({ name: row.name, ...storedHead(row) })),
    coveredTo: (name: string): Revision => covered.get(name) ?? -1,
    look: createLook(db),
    writeAll: db.transaction((steps: readonly (readonly [string, Pending])[]) => {
      for (const [name, step] of steps) {
        const id = move(name, step);
        if (id === undefined) continue;
        for (const [key, revisions] of step.found) {
          for (const revision of revisions) remember.run(id, key, revision);
        }
      }
    }),
    forget: createForget(db),
  };
}

const storedHead = ({ revision, event_id: eventId, position, snapshot }: Row): StoredHead => ({
  revision,
  eventId,
  position: position as Position,
  snapshot,
});

/** In one transaction: another process may take the fold on, or forget it, between two questions. */
function createLook(db: Database) {
  const select = db.prepare<[string], Pick<Row, 'id' | 'revision'>>(
    'SELECT id, revision FROM heads WHERE name = ?',
  );
  // Keys behind a head were written by a process that had not moved it yet: nothing rests on them.
  const found = 'SELECT revision FROM found WHERE head = ? AND key = ? AND revision <= ?';
  const inOrder = (order: string) =>
    db.prepare<[number, string, Revision], Revision>(`${found} ORDER BY ${order}`).pluck();
  const [all, last] = [inOrder('revision'), inOrder('revision DESC LIMIT 1')];
  const look = db.transaction((name: string, read: (known: Known) => unknown) => {
    const row = select.get(name);
    if (!row) return read({ coveredTo: -1, find: () => [] });
    const { id, revision } = row;
    return read({
      coveredTo: revision,
      find: (key, lastOnly) => (lastOnly ? last : all).all(id, key, revision),
    });
  });
  return <T>(name: string, read: (known: Known) => T): T => look(name, read) as T;
}

/** The row's id once it covers the step; undefined where what lies before the step is not known. */
function createMove(db: Database): (name: string, step: Pending) => number | undefined {
  const select = db.prepare<[string], Pick<Row, 'id' | 'revision'>>(
    'SELECT id, revision FROM heads WHERE name = ?',
  );
  const insert = db.prepare<[string, Revision, string, string, string]>(
    'INSERT INTO heads (name, revision, event_id, position, snapshot) VALUES (?, ?, ?, ?, ?)',
  );
  const update = db.prepare<[Revision, string, string, string, number]>(
    'UPDATE heads SET revision = ?, event_id = ?, position = ?, snapshot = ? WHERE id = ?',
  );
  return (name, { from = -1, head }) => {
    const { revision, eventId, position, snapshot } = head;
    const row = select.get(name);
    if (!row) {
      if (from >= 0) return undefined;
      return Number(insert.run(name, revision, eventId, position, snapshot).lastInsertRowid);
    }
    if (row.revision < from) return undefined;
    if (revision > row.revision) update.run(revision, eventId, position, snapshot, row.id);
    return row.id;
  };
}

function createForget(db: Database): (name: string) => void {
  const keys = db.prepare<[string]>(
    'DELETE FROM found WHERE head = (SELECT id FROM heads WHERE name = ?)',
  );
  const head = db.prepare<[string]>('DELETE FROM heads WHERE name = ?');
  const both = db.transaction((name: string) => {
    keys.run(name);
    head.run(name);
  });
  return (name) => {
    both.immediate(name);
  };
}
