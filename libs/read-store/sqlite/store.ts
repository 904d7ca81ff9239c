import { checkCollection } from '../checks.ts';
import {
  CollectionExists,
  type CollectionSpec,
  type Load,
  type ReadStore,
  type StoredDoc,
} from '../port.ts';
import { dropCollection, ensureCollection, hasCollection, listCollections } from './collections.ts';
import { portError } from './database.ts';
import { getDocument, getDocuments, scanDocuments } from './documents.ts';
import { mendDocument } from './mend.ts';
import { filesBeside, type Files } from './files.ts';
import { openHomes, type Homes } from './homes.ts';
import { resumeLoad, startLoad } from './load.ts';
import { readRecord, removeRecordsOf, writeRecord } from './records.ts';

export interface SqliteReadStoreOptions {
  /** How long to wait for another process that is writing, in milliseconds. Default 5000. */
  readonly busyTimeoutMs?: number;
}

/**
 * Read models in an SQLite file, and one more for each collection that was loaded, all in a folder
 * that must exist. Any number of processes may have them open.
 *
 * @throws ReadStoreUnavailable the file cannot be opened.
 */
export function openSqliteReadStore(
  path: string,
  { busyTimeoutMs = 5000 }: SqliteReadStoreOptions = {},
): ReadStore {
  const files = filesBeside(path);
  const homes = openHomes(path, files, busyTimeoutMs);
  const { main } = homes;
  const home = (spec: Pick<CollectionSpec, 'name'>) => {
    checkCollection(spec);
    return homes.of(spec.name);
  };
  return {
    ensure: (spec) => settled(() => ensureCollection(home(spec).db, spec)),
    put: (spec, docs, fence) => settled(() => home(spec).put(spec, docs, fence)),
    load: async (spec) => {
      await settled(() => requireNone(homes, files, spec));
      return reporting(await startLoad(files, spec).catch(tell));
    },
    resume: async (spec, from) => {
      await settled(() => requireNone(homes, files, spec));
      const resumed = await resumeLoad(files, spec, from).catch(tell);
      return resumed && { ...resumed, load: reporting(resumed.load) };
    },
    get: (spec, id) => settled(() => getDocument(home(spec).statements, spec, id)),
    getMany: (spec, ids) => settled(() => getDocuments(home(spec).statements, spec, ids)),
    find: (spec, query) => settled(() => home(spec).find(spec, query)),
    scan: (spec) => scan(homes, spec),
    mend: (spec, mending) => settled(() => mendDocument(home(spec).statements, spec, mending)),
    drop: (spec) =>
      settled(() => {
        dropCollection(main.db, spec);
        removeRecordsOf(main.statements, spec.name);
        homes.forget(spec.name);
        files.remove(spec.name);
      }),
    collections: () =>
      settled(() => [...new Set([...listCollections(main.db), ...files.names()])].sort()),
    readRecord: (key) => settled(() => readRecord(homes.ofRecord(key).statements, key)),
    writeRecord: (key, value, expected, durable) =>
      settled(() => writeRecord(homes.ofRecord(key), key, { value, expected, durable })),
    ping: () => settled(() => void main.statements('SELECT 1').get()),
    close: () => settled(homes.close),
  };
}

/** @throws CollectionExists where one is there. One being filled by another is found by who begins next. */
function requireNone(homes: Homes, files: Files, spec: CollectionSpec): void {
  if (!hasCollection(homes.main.db, spec) && files.inodeOf(spec.name) === undefined) return;
  throw new CollectionExists(`collection ${spec.name} exists`);
}

/** What SQLite says in the thread is told as what it says here. */
function reporting(load: Load): Load {
  return {
    write: (docs) => load.write(docs).catch(tell),
    getMany: (ids) => load.getMany(ids).catch(tell),
    finish: () => load.finish().catch(tell),
    milestone: (value) => load.milestone(value).catch(tell),
    abandon: () => load.abandon(),
    leave: () => load.leave(),
  };
}

function tell(error: unknown): never {
  throw portError(error);
}

/** SQLite answers at once; what it throws rejects. */
function settled<T>(run: () => T): Promise<T> {
  try {
    return Promise.resolve(run());
  } catch (error) {
    return Promise.reject(portError(error));
  }
}

async function* scan(homes: Homes, spec: CollectionSpec): AsyncGenerator<StoredDoc> {
  const { statements } = await settled(() => {
    checkCollection(spec);
    return homes.of(spec.name);
  });
  const pages = scanDocuments(statements, spec);
  for (;;) {
    const page = await settled(() => pages.next());
    if (page.done) return;
    yield* page.value;
  }
}
