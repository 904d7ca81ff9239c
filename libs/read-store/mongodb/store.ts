import type { ReadStore } from '../port.ts';
import { LONGEST_READ_MS, withinTime } from '../within-time.ts';
import { ensureCollection, listCollections, ping } from './collections.ts';
import { connect, connectPatiently, databaseOf, type MongoReadStoreOptions } from './connect.ts';
import { guarded } from './failures.ts';
import { findPage } from './find.ts';
import { getDocument, getDocuments, putDocuments, scanDocuments } from './documents.ts';
import { dropLoaded, resumeLoad, startLoad } from './load.ts';
import { mendDocument } from './mend.ts';
import { readRecord, writeRecord } from './records.ts';

/**
 * Read models in one MongoDB database.
 *
 * @throws ReadStoreUnavailable no server answers at this address.
 */
export async function openMongoReadStore(
  url: string,
  database: string,
  options: MongoReadStoreOptions = {},
): Promise<ReadStore> {
  const { longestReadMs = LONGEST_READ_MS } = options;
  const client = await connect(url, options);
  const patientClient = connectPatiently(url, options);
  const db = databaseOf(client, database);
  const connections = { db, patient: databaseOf(patientClient, database) };
  return {
    ensure: (spec) => guarded(() => ensureCollection(connections, spec)),
    put: (spec, docs, fence) => guarded(() => putDocuments(db, spec, { docs, fence })),
    load: (spec) => guarded(() => startLoad(connections, spec)),
    resume: (spec, from) => guarded(() => resumeLoad(connections, spec, from)),
    get: (spec, id) => guarded(() => getDocument(db, spec, { id, longestReadMs })),
    getMany: (spec, ids) => guarded(() => getDocuments(db, spec, ids)),
    find: (spec, query, signal) =>
      withinTime(longestReadMs, signal, (asked) =>
        findPage(db, spec, query, { signal: asked, maxTimeMS: longestReadMs }),
      ),
    scan: (spec) => scanDocuments(db, spec),
    mend: (spec, mending) => guarded(() => mendDocument(db, spec, mending)),
    drop: (spec) => guarded(() => dropLoaded(db, spec)),
    collections: () => guarded(() => listCollections(db)),
    readRecord: (key) => guarded(() => readRecord(db, key)),
    writeRecord: (key, value, expected) => guarded(() => writeRecord(db, key, { value, expected })),
    ping: () => guarded(() => ping(db)),
    damaged: () => [],
    close: () =>
      guarded(async () => {
        await Promise.all([client.close(), patientClient.close()]);
      }),
  };
}
