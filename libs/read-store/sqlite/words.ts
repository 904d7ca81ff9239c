import type { Plan } from '../plan.ts';
import type { CollectionSpec } from '../port.ts';
import { NOTHING_BESIDE, type Beside, type RowTexts } from './beside.ts';
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

/** The index by name, with what makes it; nothing where it is there. */
export const wordObjects = (
  spec: CollectionSpec,
  table: string,
): (readonly [name: string, sql: string])[] =>
  spec.searchedWithin
    ? [
        [
          wordsTable(spec),
          createIndex(wordsTable(spec), wordsIn(table, spec.searchedWithin), table),
        ],
      ]
    : [];

/** Keeps the index with each row that is written. */
export function wordsBeside(statements: Statements, spec: CollectionSpec): Beside {
  const { searchedWithin: within } = spec;
  if (!within) return NOTHING_BESIDE;
  const name = wordsTable(spec);
  const add = `INSERT INTO ${name} (rowid, words) VALUES (?, ?)`;
  const take = `DELETE FROM ${name} WHERE rowid = ?`;
  return {
    note: ({ row, before, after }) => {
      const [old, now] = [before, after].map((texts) => texts && wordsOf(texts, within));
      if (old === now) return;
      if (old !== undefined) statements(take).run(row);
      if (now !== undefined) statements(add).run(row, now);
    },
    end: () => undefined,
  };
}

const wordsOf = ({ doc, search }: RowTexts, within: readonly string[]): string =>
  scopeOf(within.map((field) => doc[field])) + search;

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

/** The word that narrows. The case of its digits is all one to the index. */
const scopeOf = (values: readonly unknown[]): string =>
  values
    .map((value) => SCOPE + Buffer.from(typeof value === 'string' ? value : '').toString('hex'))
    .join('');

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
  const scope = scopeOf(values);
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
