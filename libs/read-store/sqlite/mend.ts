import type { Database } from 'better-sqlite3';
import type { CollectionSpec, Mending } from '../port.ts';
import { ifThere } from './documents.ts';
import { rowsOf } from './rows.ts';
import type { Statements } from './statements.ts';

export type Mend = (spec: CollectionSpec, mending: Mending) => boolean;

/** In one transaction, so that nobody comes between looking and writing. */
export function createMend(db: Database, statements: Statements): Mend {
  const mend = db.transaction<Mend>((spec, { id, found, doc }) => {
    if (!doc && found === undefined) return true;
    const rows = rowsOf(statements, spec);
    const asFound = (there: string | undefined): boolean => there === found;
    const done = doc ? rows.write({ ...doc, id }, asFound) : rows.remove(id, asFound);
    rows.end();
    return done;
  });
  return (spec, mending) => ifThere(() => mend.immediate(spec, mending), false);
}
