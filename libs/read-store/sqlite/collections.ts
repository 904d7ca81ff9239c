import type { Database } from 'better-sqlite3';
import { checkCollection, checkSpec } from '../checks.ts';
import type { CollectionSpec } from '../port.ts';
import { groupObjects, isGroupOf } from './groups.ts';
import { wordObjects, wordsTable } from './words.ts';

const PREFIX = 'doc_';

/** Collections have names that need no quoting, and a prefix that keeps them off SQLite's own. */
export function tableOf(spec: Pick<CollectionSpec, 'name'>): string {
  checkCollection(spec);
  return `${PREFIX}${spec.name}`;
}

/** A field as every index, filter and sort writes it: the index is used only where the text is the same. */
export const fieldSql = (field: string): string => `json_extract(doc, '$.${field}')`;

/** Makes the table and its indexes; asks for the write lock only where something is missing. */
export function ensureCollection(db: Database, spec: CollectionSpec): void {
  checkSpec(spec);
  const wanted = objectsOf(spec);
  const missing = (): string[] => {
    const there = new Set(namesOf(db));
    const made = wanted.filter(([name]) => !there.has(name)).map(([, sql]) => sql);
    return [...triggersOf(db, spec).map((name) => `DROP TRIGGER "${name}"`), ...made];
  };
  if (missing().length === 0) return;
  db.transaction(() => missing().forEach((sql) => db.exec(sql))).immediate();
}

/** Everything a collection consists of, made one after the other; nothing where it is there. */
export const schemaOf = (spec: CollectionSpec): string[] => objectsOf(spec).map(([, sql]) => sql);

/** Of which there is no more while it is filled: its groups are counted, and its words indexed, in the end. */
export const fillingSchemaOf = (spec: CollectionSpec): string[] =>
  objectsOf({ ...spec, counted: [] })
    .filter(([name]) => !name.startsWith(wordsTable(spec)))
    .map(([, sql]) => sql);

/** The only collection of a file gets this name. Indexes and groups, whose names cannot be changed, go. */
export function renameOnly(db: Database, spec: Pick<CollectionSpec, 'name'>): void {
  const [name] = listCollections(db);
  if (name === undefined) throw new Error('the file holds no collection');
  const table = tableOf({ name });
  const beside = db.prepare<[string], string>(
    "SELECT format('DROP %s \"%w\"', type, name) FROM sqlite_schema WHERE type IN ('index', 'trigger') AND tbl_name = ? AND sql IS NOT NULL",
  );
  for (const drop of beside.pluck().all(table)) db.exec(drop);
  dropGroups(db, { name });
  db.exec(`ALTER TABLE ${table} RENAME TO ${tableOf(spec)}`);
}

/** The table, its indexes and its groups by name, each with what makes it. */
function objectsOf(spec: CollectionSpec): (readonly [name: string, sql: string])[] {
  const table = tableOf(spec);
  return [
    [table, createTable(table, spec)],
    ...spec.indexes.map((fields) => [indexOf(table, fields), createIndex(table, fields)] as const),
    ...wordObjects(spec, table),
    ...groupObjects(spec, table),
  ];
}

/** By which earlier releases kept what stands beside the documents. */
const triggersOf = (db: Database, spec: Pick<CollectionSpec, 'name'>): string[] =>
  db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?")
    .pluck()
    .all(tableOf(spec)) as string[];

const namesOf = (db: Database): string[] =>
  db.prepare('SELECT name FROM sqlite_schema').pluck().all() as string[];

/**
 * Clustered by id: documents whose ids run in order are written once, at the table's end. Where there
 * is an index of words, which knows rows by number, by that.
 */
const createTable = (table: string, { searchedWithin }: CollectionSpec): string => `
  CREATE TABLE IF NOT EXISTS ${table} (
    ${searchedWithin ? 'row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE' : 'id TEXT PRIMARY KEY NOT NULL'},
    position TEXT NOT NULL,
    doc      TEXT NOT NULL,
    search   TEXT NOT NULL
  ) STRICT${searchedWithin ? '' : ', WITHOUT ROWID'}`;

const indexOf = (table: string, fields: readonly string[]): string => `${table}(${fields.join()})`;

/** The id breaks ties. */
const createIndex = (table: string, fields: readonly string[]): string =>
  `CREATE INDEX IF NOT EXISTS "${indexOf(table, fields)}" ON ${table} (${[...fields.map(fieldSql), 'id'].join()})`;

export const hasCollection = (db: Database, spec: Pick<CollectionSpec, 'name'>): boolean =>
  namesOf(db).includes(tableOf(spec));

export function dropCollection(db: Database, spec: Pick<CollectionSpec, 'name'>): void {
  db.exec(`DROP TABLE IF EXISTS ${tableOf(spec)}`);
  dropGroups(db, spec);
  db.exec(`DROP TABLE IF EXISTS ${wordsTable(spec)}`);
}

function dropGroups(db: Database, spec: Pick<CollectionSpec, 'name'>): void {
  const tables = namesOf(db).filter((name) => isGroupOf(spec, name) && name.endsWith(')'));
  for (const table of tables) db.exec(`DROP TABLE "${table}"`);
}

export function listCollections(db: Database): string[] {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  return (tables.pluck().all() as string[])
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => name.slice(PREFIX.length));
}
