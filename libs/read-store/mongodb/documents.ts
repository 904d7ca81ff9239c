import type { Collection, Db } from 'mongodb';
import { checkFence, requireVersion } from '../checks.ts';
import type { CollectionSpec, Fence, StoredDoc } from '../port.ts';
import { exists } from './collections.ts';
import { guarded, onlyDuplicates } from './failures.ts';
import { changesOf, countedFields, counting } from './groups.ts';
import { readRecord } from './records.ts';
import { collectionOf, fromStored, toStored, type Stored } from './stored.ts';

/** Documents fetched at a time by a scan. */
const SCAN_BATCH = 500;

/**
 * New documents are inserted, older ones replaced. An insertion that another writer was quicker
 * with becomes a replacement; a replacement happens only over an older position. Not one upsert for
 * both: over a newer document it would try to insert, and servers do not agree on how that fails.
 */
export async function putDocuments(
  db: Db,
  spec: CollectionSpec,
  { docs, fence }: { readonly docs: readonly StoredDoc[]; readonly fence: Fence | undefined },
): Promise<void> {
  if (fence) checkFence(spec, fence);
  const collection = collectionOf(db, spec);
  const stored = docs.map((doc) => toStored(spec, doc));
  const ids = stored.map(({ _id }) => _id);
  const [there, before] = await Promise.all([exists(db, spec.name), headsOf(db, spec, ids)]);
  // The server would make a collection for whoever writes to it, without its indexes.
  if (!there) throw new Error(`collection ${spec.name} does not exist: ensure it first`);
  const fresh = stored.filter(({ _id }) => !before.has(_id));
  const older = stored.filter(
    ({ _id, _position }) => (before.get(_id)?._position ?? _position) < _position,
  );
  const repeated = stored.filter((doc) => before.has(doc._id) && !older.includes(doc));
  const pairs = [...fresh, ...older].map((doc) => [before.get(doc._id), doc] as const);
  const changes = changesOf(spec, { pairs, repeated });
  await counting(db, spec, changes, async () => {
    if (fence) requireVersion(fence, (await readRecord(db, fence.key))?.version);
    const overtaken = await insertAll(collection, fresh);
    await replaceOlder(collection, [...overtaken, ...older]);
    return overtaken.length === 0;
  });
}

/** What of documents that are there tells whether and where they count. */
async function headsOf(
  db: Db,
  spec: CollectionSpec,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Stored>> {
  const projection = { _position: 1, ...countedFields(spec) };
  const found = await collectionOf(db, spec)
    .find({ _id: { $in: [...ids] } }, { projection })
    .toArray();
  return new Map(found.map((doc) => [doc._id, doc]));
}

/** Answers those that were there already. */
export async function insertAll(
  collection: Collection<Stored>,
  docs: readonly Stored[],
): Promise<readonly Stored[]> {
  if (docs.length === 0) return [];
  try {
    await collection.insertMany([...docs], { ordered: false });
    return [];
  } catch (error) {
    const duplicates = onlyDuplicates(error);
    if (!duplicates) throw error;
    return duplicates.flatMap((index) => docs[index] ?? []);
  }
}

async function replaceOlder(
  collection: Collection<Stored>,
  docs: readonly Stored[],
): Promise<void> {
  if (docs.length === 0) return;
  const replacements = docs.map(({ _id, ...replacement }) => ({
    replaceOne: { filter: { _id, _position: { $lt: replacement._position } }, replacement },
  }));
  await collection.bulkWrite(replacements, { ordered: false });
}

export async function getDocument(
  db: Db,
  spec: CollectionSpec,
  { id, longestReadMs }: { readonly id: string; readonly longestReadMs: number },
): Promise<StoredDoc | undefined> {
  const found = await collectionOf(db, spec).findOne(
    { _id: { $eq: id } },
    { maxTimeMS: longestReadMs },
  );
  return found ? fromStored(found) : undefined;
}

export async function getDocuments(
  db: Db,
  spec: CollectionSpec,
  ids: readonly string[],
): Promise<readonly StoredDoc[]> {
  if (ids.length === 0) return [];
  const found = collectionOf(db, spec).find({ _id: { $in: [...ids] } });
  return (await found.toArray()).map(fromStored);
}

/** In order of id. */
export async function* scanDocuments(db: Db, spec: CollectionSpec): AsyncGenerator<StoredDoc> {
  const cursor = collectionOf(db, spec).find({}, { sort: { _id: 1 }, batchSize: SCAN_BATCH });
  try {
    for (;;) {
      const next = await guarded(() => cursor.next());
      if (!next) return;
      yield fromStored(next);
    }
  } finally {
    await cursor.close();
  }
}
