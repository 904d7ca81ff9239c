import type { CollectionSpec, Doc } from '../port.ts';
import type { Beside } from './beside.ts';
import type { Statements } from './statements.ts';

/** Documents counted by group, in a table beside theirs. */

type Named = Pick<CollectionSpec, 'name'>;

const prefixOf = ({ name }: Named): string => `groups_${name}(`;

const groupName = (spec: Named, fields: readonly string[]): string =>
  `${prefixOf(spec)}${fields.join()})`;

/** A column for each field, and `n`. */
export const groupTable = (spec: Named, fields: readonly string[]): string =>
  `"${groupName(spec, fields)}"`;

/** True for the tables of the collection's groups. */
export const isGroupOf = (spec: Named, table: string): boolean => table.startsWith(prefixOf(spec));

/** The tables of the groups by name, each with what makes it; nothing where it is there. */
export const groupObjects = (
  spec: CollectionSpec,
  table: string,
): (readonly [name: string, sql: string])[] =>
  (spec.counted ?? []).map((fields) => {
    const name = groupName(spec, fields);
    return [name, createGroups(name, fields, table)];
  });

/** Counts what is written to the groups, and keeps it when all is written: once a group, however many documents. */
export function groupsBeside(statements: Statements, spec: CollectionSpec): Beside {
  const counts = (spec.counted ?? []).map((fields) => ({ fields, changes: createChanges(fields) }));
  return {
    note: ({ before, after }) => {
      for (const { changes } of counts) changes.move(before?.doc, after?.doc);
    },
    end: () => {
      for (const { fields, changes } of counts) {
        const columns = fields.map(() => '?').join();
        const add = statements(
          `INSERT INTO ${groupTable(spec, fields)} VALUES (${columns}, ?)
           ON CONFLICT DO UPDATE SET n = n + excluded.n`,
        );
        for (const { group, by } of changes.all()) add.run(...group, by);
      }
    },
  };
}

/** By how much each group has grown. */
function createChanges(fields: readonly string[]) {
  const changes = new Map<string, { readonly group: readonly string[]; by: number }>();
  const change = (doc: Doc | undefined, by: number): void => {
    if (!doc) return;
    const group = fields.map((field) => textIn(doc, field));
    const key = JSON.stringify(group);
    const known = changes.get(key);
    if (known) known.by += by;
    else changes.set(key, { group, by });
  };
  return {
    move: (before: Doc | undefined, after: Doc | undefined): void => {
      change(before, -1);
      change(after, 1);
    },
    all: () => [...changes.values()].filter(({ by }) => by !== 0),
  };
}

/** What is no text counts as the empty one. */
function textIn(doc: Doc, field: string): string {
  const value = doc[field];
  return typeof value === 'string' ? value : '';
}

/**
 * With what is there already; where the table is there too, each of its groups is. An index that
 * begins with the fields gives them in order, without a document being read.
 */
function createGroups(name: string, fields: readonly string[], table: string): string {
  const columns = fields.map((field) => `"${field}"`).join();
  const raw = fields.map((field) => `json_extract(doc, '$.${field}')`);
  const rows = `SELECT ${raw.map((it, at) => `${it} AS "${fields[at] ?? ''}"`).join()} FROM ${table} ORDER BY ${raw.join()}`;
  const texts = fields.map((field) => textOf(`"${field}"`)).join();
  return `
    CREATE TABLE IF NOT EXISTS "${name}" (
      ${fields.map((field) => `"${field}" TEXT NOT NULL`).join()}, n INTEGER NOT NULL,
      PRIMARY KEY (${columns})
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO "${name}" SELECT ${texts}, sum(n)
      FROM (SELECT ${columns}, count(*) AS n FROM (${rows}) GROUP BY ${columns})
      GROUP BY ${texts}`;
}

/** The same of a column. */
const textOf = (it: string): string => `iif(typeof(${it}) = 'text', ${it}, '')`;
