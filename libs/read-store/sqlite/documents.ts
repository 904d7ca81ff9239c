import type { Database } from 'better-sqlite3';
import { checkDoc, checkFence, requireVersion } from '../checks.ts';
import type { CollectionSpec, Doc, Fence, StoredDoc } from '../port.ts';
import { searchText } from '../text.ts';
import { tableOf } from './collections.ts';
import { isNoSuchTable } from './database.ts';
import { readRecord } from './records.ts';
import { isPlain, rowsOf } from './rows.ts';
import type { Statements } from './statements.ts';

/** Documents read at a time by a scan; between two of them others may write. */
const SCAN_ROWS = 500;

export const COLUMNS = 'id, position, doc';

/** A row in the order of {@link COLUMNS}. */
export function toStored(row: readonly unknown[]): StoredDoc {
  const [id, position, doc] = row as readonly [string, string, string];
  return { id, position, doc: JSON.parse(doc) as Doc };
}

/** What the read gives, or `nothing` where there is no such collection. */
export function ifThere<T>(read: () => T, nothing: T): T {
  try {
    return read();
  } catch (error) {
    if (isNoSuchTable(error)) return nothing;
    throw error;
  }
}

export type Put = (
  spec: CollectionSpec,
  docs: readonly StoredDoc[],
  fence: Fence | undefined,
) => void;

/** Writes in one transaction, each document only over an older one. */
export function createPut(db: Database, statements: Statements): Put {
  const write = db.transaction<Put>((spec, docs, fence) => {
    if (fence) requireVersion(fence, readRecord(statements, fence.key)?.version);
    (isPlain(spec) ? upsert : writeRows)(statements, spec, docs);
  });
  return (spec, docs, fence) => {
    if (fence) checkFence(spec, fence);
    try {
      write.immediate(spec, docs, fence);
    } catch (error) {
      if (!isNoSuchTable(error)) throw error;
      throw new Error(`collection ${spec.name} does not exist: ensure it first`, { cause: error });
    }
  };
}

/** In one statement each, which is enough where nothing is kept beside the rows. */
function upsert(statements: Statements, spec: CollectionSpec, docs: readonly StoredDoc[]): void {
  const table = tableOf(spec);
  const write = statements(
    `INSERT INTO ${table} (id, position, doc, search) VALUES (?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE
       SET position = excluded.position, doc = excluded.doc, search = excluded.search
     WHERE excluded.position > ${table}.position`,
  );
  for (const { id, position, doc } of docs) {
    checkDoc(id, doc);
    write.run(id, position, JSON.stringify(doc), searchText(spec, doc));
  }
}

function writeRows(statements: Statements, spec: CollectionSpec, docs: readonly StoredDoc[]): void {
  const rows = rowsOf(statements, spec);
  for (const doc of docs) rows.write(doc, (there) => there === undefined || there < doc.position);
  rows.end();
}

export function getDocument(
  statements: Statements,
  spec: CollectionSpec,
  id: string,
): StoredDoc | undefined {
  const row = ifThere(
    () => statements(`SELECT ${COLUMNS} FROM ${tableOf(spec)} WHERE id = ?`).get(id),
    undefined,
  );
  return row && toStored(row);
}

export function getDocuments(
  statements: Statements,
  spec: CollectionSpec,
  ids: readonly string[],
): readonly StoredDoc[] {
  const text = `SELECT ${COLUMNS} FROM ${tableOf(spec)}
    WHERE id IN (SELECT value FROM json_each(?))`;
  return ifThere(() => statements(text).all(JSON.stringify(ids)), []).map(toStored);
}

/** In order of id, some rows at a time: an open cursor would hold up every other call. */
export function* scanDocuments(
  statements: Statements,
  spec: CollectionSpec,
): Generator<readonly StoredDoc[]> {
  const select = `SELECT ${COLUMNS} FROM ${tableOf(spec)}`;
  const next = (after: string | undefined): readonly StoredDoc[] =>
    ifThere(
      () =>
        after === undefined
          ? statements(`${select} ORDER BY id LIMIT ?`).all(SCAN_ROWS)
          : statements(`${select} WHERE id > ? ORDER BY id LIMIT ?`).all(after, SCAN_ROWS),
      [],
    ).map(toStored);
  let rows = next(undefined);
  while (rows.length > 0) {
    yield rows;
    rows = rows.length < SCAN_ROWS ? [] : next(rows.at(-1)?.id);
  }
}
