import { setImmediate as everybodyElse } from 'node:timers/promises';
import { checkCollection } from '../checks.ts';
import {
  CollectionExists,
  type CollectionSpec,
  type Load,
  type ReadStore,
  type StoredDoc,
} from '../port.ts';
import { planQuery } from '../plan.ts';
import { LONGEST_READ_MS, withinTime } from '../within-time.ts';
import { dropCollection, ensureCollection, hasCollection, listCollections } from './collections.ts';
import { openDatabase, portError } from './database.ts';
import { createPut, getDocument, getDocuments, scanDocuments, type Put } from './documents.ts';
import { createMend, type Mend } from './mend.ts';
import { putAside } from './damaged.ts';
import { filesBeside, type Files } from './files.ts';
import { openHomes, type Home, type Homes } from './homes.ts';
import { createSettling, type Settling } from './settling.ts';
import { resumeLoad, startLoad } from './load.ts';
import { createReaders } from './readers.ts';
import { readRecord, removeRecordsOf, writeRecord } from './records.ts';
import { createStatements } from './statements.ts';

export interface SqliteReadStoreOptions {
  /** How long to wait for another process that is writing, in milliseconds. Default 5000. */
  readonly busyTimeoutMs?: number;
  /** Given, a file found damaged is put aside and made anew, which is told here; else it is refused. */
  readonly onDamaged?: ((told: string) => void) | undefined;
  /** Threads that read pages. Default 2. */
  readonly readers?: number;
  /** Heap of each, in MiB. Default 256. */
  readonly readerHeapMib?: number;
  /** How long a page may take to read, in milliseconds. Default 10000. */
  readonly longestReadMs?: number;
  /** Of 16 KiB, in the write-ahead log before they are folded into the file. Default 4000. */
  readonly checkpointPages?: number;
}

const BUSY_TIMEOUT_MS = 5000;
/** Of a collection's own file; a service has one open for every read model. */
const CACHE_KIB = 16 * 1024;

/** A file that is written to. */
interface WriterHome extends Home {
  readonly put: Put;
  readonly mend: Mend;
}

type WriterHomes = Homes<WriterHome>;

/**
 * Read models in an SQLite file, and one more for each collection that was loaded, all in a folder
 * that must exist. Any number of processes may have them open.
 *
 * @throws ReadStoreUnavailable the file cannot be opened.
 */
export function openSqliteReadStore(path: string, options: SqliteReadStoreOptions = {}): ReadStore {
  const {
    busyTimeoutMs = BUSY_TIMEOUT_MS,
    readers: threads = 2,
    readerHeapMib: heapMib = 256,
  } = options;
  const { longestReadMs = LONGEST_READ_MS } = options;
  const files = filesBeside(path);
  if (options.onDamaged) putAside(path, files).forEach(options.onDamaged);
  const settling = createSettling(path, files);
  const openOne = (file: string, of: 'store' | 'collection') =>
    settling.opening(file, () => openToWrite(file, of, options));
  const readers = createReaders({ path, busyTimeoutMs, threads, heapMib });
  // A thread that has nothing to do would keep it open.
  const homes = openHomes(path, files, openOne, (name) => void readers.forget(name));
  const { inStore, ofRecord, damaged } = settling;
  return {
    ...documentsIn(homes, settling),
    ...loadsBeside(homes, files, settling),
    find: findWith(homes, settling, { readers, longestReadMs }),
    drop: async (spec) => {
      await inStore(() => {
        dropCollection(homes.main.db, spec);
        removeRecordsOf(homes.main.statements, spec.name);
        homes.forget(spec.name);
      });
      await readers.forget(spec.name);
      await inStore(() => files.remove(spec.name));
    },
    collections: () =>
      inStore(() => [...new Set([...listCollections(homes.main.db), ...files.names()])].sort()),
    readRecord: (key) => ofRecord(key, () => readRecord(homes.ofRecord(key).statements, key)),
    writeRecord: (key, value, expected, durable) =>
      ofRecord(key, () => writeRecord(homes.ofRecord(key), key, { value, expected, durable })),
    ping: () => inStore(() => void homes.main.statements('SELECT 1').get()),
    damaged,
    close: async () => {
      await readers.close();
      await inStore(homes.close);
    },
  };
}

interface Finding {
  readonly readers: ReturnType<typeof createReaders>;
  readonly longestReadMs: number;
}

const findWith =
  (
    homes: WriterHomes,
    settling: Settling,
    { readers, longestReadMs }: Finding,
  ): ReadStore['find'] =>
  async (spec, query, signal) => {
    // Refused here with what is wrong; opened here, so that the file is as a writer leaves it.
    await settling.inFile(spec, () => [planQuery(query), homeOf(homes, spec)]);
    try {
      return await withinTime(longestReadMs, signal, (asked) => readers.find(spec, query, asked));
    } catch (error) {
      throw settling.told(spec, error);
    }
  };

function homeOf(homes: WriterHomes, spec: Pick<CollectionSpec, 'name'>): WriterHome {
  checkCollection(spec);
  return homes.of(spec.name);
}

type InHomes = 'ensure' | 'put' | 'get' | 'getMany' | 'scan' | 'mend';

function documentsIn(homes: WriterHomes, { inFile }: Settling): Pick<ReadStore, InHomes> {
  const home = (spec: Pick<CollectionSpec, 'name'>) => homeOf(homes, spec);
  return {
    ensure: (spec) => inFile(spec, () => ensureCollection(home(spec).db, spec)),
    put: (spec, docs, fence) => inFile(spec, () => home(spec).put(spec, docs, fence)),
    get: (spec, id) => inFile(spec, () => getDocument(home(spec).statements, spec, id)),
    getMany: (spec, ids) => inFile(spec, () => getDocuments(home(spec).statements, spec, ids)),
    scan: (spec) => scan(homes, spec, (run) => inFile(spec, run)),
    mend: (spec, mending) => inFile(spec, () => home(spec).mend(spec, mending)),
  };
}

function loadsBeside(
  homes: WriterHomes,
  files: Files,
  { inStore }: Settling,
): Pick<ReadStore, 'load' | 'resume'> {
  return {
    load: async (spec) => {
      await inStore(() => requireNone(homes, files, spec));
      return reporting(await startLoad(files, spec).catch(tell));
    },
    resume: async (spec, from) => {
      await inStore(() => requireNone(homes, files, spec));
      const resumed = await resumeLoad(files, spec, from).catch(tell);
      return resumed && { ...resumed, load: reporting(resumed.load) };
    },
  };
}

function openToWrite(
  path: string,
  of: 'store' | 'collection',
  { busyTimeoutMs = BUSY_TIMEOUT_MS, checkpointPages }: SqliteReadStoreOptions,
): WriterHome {
  const own = of === 'collection' ? { cacheKib: CACHE_KIB, fileMustExist: true } : {};
  const pages = checkpointPages === undefined ? {} : { checkpointPages };
  const db = openDatabase(path, { busyTimeoutMs, ...pages, ...own });
  const statements = createStatements(db);
  return { db, statements, put: createPut(db, statements), mend: createMend(db, statements) };
}

/** @throws CollectionExists where one is there. One being filled by another is found by who begins next. */
function requireNone(homes: WriterHomes, files: Files, spec: CollectionSpec): void {
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

async function* scan(
  homes: WriterHomes,
  spec: CollectionSpec,
  settled: <T>(run: () => T) => Promise<T>,
): AsyncGenerator<StoredDoc> {
  const { statements } = await settled(() => homeOf(homes, spec));
  const pages = scanDocuments(statements, spec);
  for (;;) {
    const page = await settled(() => pages.next());
    if (page.done) return;
    yield* page.value;
    // All of it settles at once: nobody else would have a turn until the end.
    await everybodyElse();
  }
}
