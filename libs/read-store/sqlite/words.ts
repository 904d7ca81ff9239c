import type { Plan } from '../plan.ts';
import type { CollectionSpec } from '../port.ts';
import type { Statements } from './statements.ts';

/**
 * An index of the words of a large collection's documents, in SQLite's full-text search: for each
 * word the rows that have it, and nothing else. What narrows every search is one more word of each
 * row, so that an office's search does not look through the others' documents.
 */

type Named = Pick<CollectionSpec, 'name'>;

/** In its name there is no other character beyond ASCII, and no word a person can type begins so. */
const SCOPE = '\u00b6';

export const wordsTable = ({ name }: Named): string => `words_${name}`;

/** The index and its triggers by name, each with what makes it; nothing where it is there. */
export function wordObjects(
  spec: CollectionSpec,
  table: string,
): (readonly [name: string, sql: string])[] {
  const { searchedWithin: within } = spec;
  if (!within) return [];
  const name = wordsTable(spec);
  const add = `INSERT INTO ${name} (rowid, words) VALUES (NEW.row, ${wordsIn('NEW', within)});`;
  const take = `DELETE FROM ${name} WHERE rowid = OLD.row;`;
  const moved = `${wordsIn('OLD', within)} <> ${wordsIn('NEW', within)}`;
  const trigger = (suffix: string, when: string, run: string) =>
    [
      `${name}${suffix}`,
      `CREATE TRIGGER IF NOT EXISTS "${name}${suffix}" AFTER ${when} BEGIN ${run} END`,
    ] as const;
  return [
    [name, createIndex(name, wordsIn(table, within), table)],
    trigger('+', `INSERT ON ${table}`, add),
    trigger('-', `DELETE ON ${table}`, take),
    trigger('~', `UPDATE ON ${table} WHEN ${moved}`, take + add),
  ];
}

/** A word is what stands between signs and blanks of ASCII; rows are named, positions are not kept. */
const createIndex = (name: string, words: string, table: string): string => `
  CREATE VIRTUAL TABLE ${name} USING fts5 (
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3'
  );
  INSERT INTO ${name} (rowid, words) SELECT row, ${words} FROM ${table} ORDER BY row`;

const wordsIn = (row: string, within: readonly string[]): string => {
  const scope = within.map((field) => `'${SCOPE}' || hex(json_extract(${row}.doc, '$.${field}'))`);
  return `${scope.join(' || ')} || ${row}.search`;
};

/** What finds the rows in which the words occur; undefined where there is no index for the search. */
export function matchOf(
  { searchedWithin: within }: CollectionSpec,
  plan: Plan,
): string | undefined {
  const { words, clauses } = plan;
  if (!within || words.length === 0) return undefined;
  const values = within.map(
    (field) => clauses.find((one) => one.field === field && one.op === 'eq')?.value,
  );
  if (!values.every((value) => typeof value === 'string')) return undefined;
  const scope = values.map((value) => SCOPE + Buffer.from(value).toString('hex')).join('');
  // No word has a quotation mark in it.
  return [`"${scope}"`, ...words.map((word) => `"${word}" *`)].join(' AND ');
}

/** Rows that match, as many as wanted at most, as a JSON array. */
export function rowsThatMatch(
  statements: Statements,
  spec: Named,
  match: string,
  limit: number,
): readonly number[] {
  const name = wordsTable(spec);
  return statements(`SELECT rowid FROM ${name} WHERE ${name} MATCH ? LIMIT ?`)
    .all(match, limit)
    .map(([row]) => Number(row));
}
