import type { CollectionSpec, ReadStore, StoredDoc } from '../port.ts';
import { dropCollection, ensureCollection, listCollections } from './collections.ts';
import { openDatabase, portError } from './database.ts';
import {
  createPut,
  getDocument,
  getDocuments,
  removeDocument,
  scanDocuments,
} from './documents.ts';
import { createFind } from './find.ts';
import { readRecord, writeRecord } from './records.ts';
import { createStatements, type Statements } from './statements.ts';

export interface SqliteReadStoreOptions {
  /** How long to wait for another process that is writing, in milliseconds. Default 5000. */
  readonly busyTimeoutMs?: number;
}

/**
 * Read models in one SQLite file, whose folder must exist. Any number of processes may have it open.
 *
 * @throws ReadStoreUnavailable the file cannot be opened.
 */
export function openSqliteReadStore(
  path: string,
  { busyTimeoutMs = 5000 }: SqliteReadStoreOptions = {},
): ReadStore {
  const db = openDatabase(path, busyTimeoutMs);
  const statements = createStatements(db);
  const put = createPut(db, statements);
  const find = createFind(db, statements);
  return {
    ensure: (spec) => settled(() => ensureCollection(db, spec)),
    put: (spec, docs) => settled(() => put(spec, docs)),
    get: (spec, id) => settled(() => getDocument(statements, spec, id)),
    getMany: (spec, ids) => settled(() => getDocuments(statements, spec, ids)),
    find: (spec, query) => settled(() => find(spec, query)),
    scan: (spec) => scan(statements, spec),
    remove: (spec, id) => settled(() => removeDocument(statements, spec, id)),
    drop: (spec) => settled(() => dropCollection(db, spec)),
    collections: () => settled(() => listCollections(db)),
    readRecord: (key) => settled(() => readRecord(statements, key)),
    writeRecord: (key, value, expected) =>
      settled(() => writeRecord(statements, key, { value, expected })),
    ping: () => settled(() => void statements('SELECT 1').get()),
    close: () => settled(() => void db.close()),
  };
}

/** SQLite answers at once; what it throws rejects. */
function settled<T>(run: () => T): Promise<T> {
  try {
    return Promise.resolve(run());
  } catch (error) {
    return Promise.reject(portError(error));
  }
}

async function* scan(statements: Statements, spec: CollectionSpec): AsyncGenerator<StoredDoc> {
  const pages = scanDocuments(statements, spec);
  for (;;) {
    const page = await settled(() => pages.next());
    if (page.done) return;
    yield* page.value;
  }
}
