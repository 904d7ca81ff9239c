import { checkDoc } from '../checks.ts';
import type { CollectionSpec, Doc, StoredDoc } from '../port.ts';
import { searchText } from '../text.ts';
import { tableOf } from './collections.ts';
import { groupsBeside } from './groups.ts';
import type { Statements } from './statements.ts';
import { wordsBeside } from './words.ts';

/** Whether what is there is to be written over: its position, or undefined where there is nothing. */
type Over = (position: string | undefined) => boolean;

/**
 * Rows of one collection, and all that is kept beside them, within a transaction of whoever writes.
 * Each answers whether it was done.
 */
export interface Rows {
  write(doc: StoredDoc, over: Over): boolean;
  remove(id: string, over: Over): boolean;
  /** Before the transaction ends. */
  end(): void;
}

type Row = readonly [row: number, position: string, doc: string, search: string];

/** True where a row is no more than itself. */
export const isPlain = ({ counted = [], searchedWithin }: CollectionSpec): boolean =>
  counted.length === 0 && searchedWithin === undefined;

export function rowsOf(statements: Statements, spec: CollectionSpec): Rows {
  const table = tableOf(spec);
  const beside = [groupsBeside(statements, spec), wordsBeside(statements, spec)];
  // Where rows have no number nobody beside them asks for it.
  const number = spec.searchedWithin ? 'row' : '0';
  const find = statements(`SELECT ${number}, position, doc, search FROM ${table} WHERE id = ?`);
  const found = (id: string): Row | undefined => find.get(id) as Row | undefined;
  const note = (row: number, before: Row | undefined, after?: { doc: Doc; search: string }): void =>
    beside.forEach((one) => one.note({ row, before: before && textsOf(before), after }));
  return {
    write: ({ id, position, doc }, over) => {
      checkDoc(id, doc);
      const before = found(id);
      if (!over(before?.[1])) return false;
      const search = searchText(spec, doc);
      const columns = [position, JSON.stringify(doc), search, id];
      const { lastInsertRowid } = statements(before ? update(table) : insert(table)).run(
        ...columns,
      );
      note(before?.[0] ?? Number(lastInsertRowid), before, { doc, search });
      return true;
    },
    remove: (id, over) => {
      const before = found(id);
      if (!before || !over(before[1])) return false;
      statements(`DELETE FROM ${table} WHERE id = ?`).run(id);
      note(before[0], before);
      return true;
    },
    end: () => beside.forEach((one) => one.end()),
  };
}

const insert = (table: string): string =>
  `INSERT INTO ${table} (position, doc, search, id) VALUES (?, ?, ?, ?)`;
const update = (table: string): string =>
  `UPDATE ${table} SET position = ?, doc = ?, search = ? WHERE id = ?`;

const textsOf = ([, , doc, search]: Row) => ({ doc: JSON.parse(doc) as Doc, search });
