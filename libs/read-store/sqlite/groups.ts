import type { CollectionSpec } from '../port.ts';

/**
 * Documents counted by group, in a table beside theirs that triggers keep: in the transaction that
 * writes, whichever process writes and by whatever statement.
 */

type Named = Pick<CollectionSpec, 'name'>;

const prefixOf = ({ name }: Named): string => `groups_${name}(`;

const groupName = (spec: Named, fields: readonly string[]): string =>
  `${prefixOf(spec)}${fields.join()})`;

/** A column for each field, and `n`. */
export const groupTable = (spec: Named, fields: readonly string[]): string =>
  `"${groupName(spec, fields)}"`;

/** True for the tables of the collection's groups. */
export const isGroupOf = (spec: Named, table: string): boolean => table.startsWith(prefixOf(spec));

/** The tables and triggers of the groups by name, each with what makes it; nothing where it is there. */
export const groupObjects = (
  spec: CollectionSpec,
  table: string,
): (readonly [name: string, sql: string])[] =>
  (spec.counted ?? []).flatMap((fields) => objectsOf(groupName(spec, fields), fields, table));

function objectsOf(
  name: string,
  fields: readonly string[],
  table: string,
): (readonly [name: string, sql: string])[] {
  const columns = fields.map((field) => `"${field}"`);
  const add = (row: string): string => `
    INSERT INTO "${name}" VALUES (${valuesIn(row, fields).join()}, 1)
      ON CONFLICT DO UPDATE SET n = n + 1;`;
  const take = (row: string): string => {
    const is = columns.map((column, at) => `${column} = ${valuesIn(row, fields)[at] ?? ''}`);
    return `UPDATE "${name}" SET n = n - 1 WHERE ${is.join(' AND ')};`;
  };
  const moved = `(${valuesIn('OLD', fields).join()}) <> (${valuesIn('NEW', fields).join()})`;
  const trigger = (suffix: string, when: string, run: string) =>
    [
      `${name}${suffix}`,
      `CREATE TRIGGER IF NOT EXISTS "${name}${suffix}" AFTER ${when} BEGIN ${run} END`,
    ] as const;
  return [
    [name, createGroups(name, fields, table)],
    trigger('+', `INSERT ON ${table}`, add('NEW')),
    trigger('-', `DELETE ON ${table}`, take('OLD')),
    trigger('~', `UPDATE OF doc ON ${table} WHEN ${moved}`, take('OLD') + add('NEW')),
  ];
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

/** What is no text counts as the empty one. */
const textOf = (it: string): string => `iif(typeof(${it}) = 'text', ${it}, '')`;

/** The group of a row. */
const valuesIn = (row: string, fields: readonly string[]): readonly string[] =>
  fields.map((field) => textOf(`json_extract(${row}.doc, '$.${field}')`));
