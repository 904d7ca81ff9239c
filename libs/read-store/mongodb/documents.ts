import type { Collection, Db } from 'mongodb';
import { checkFence, requireVersion } from '../checks.ts';
import { emptyPage, pageOf, planQuery, totalFromPage, type Plan } from '../plan.ts';
import type { CollectionSpec, Fence, Page, Query, StoredDoc } from '../port.ts';
import { exists } from './collections.ts';
import { guarded, onlyDuplicates, readError } from './failures.ts';
import { filterOf, sortOf, stretchesOf } from './filter.ts';
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
  const [there, positions] = await Promise.all([
    exists(db, spec.name),
    positionsOf(
      collection,
      stored.map(({ _id }) => _id),
    ),
  ]);
  // The server would make a collection for whoever writes to it, without its indexes.
  if (!there) throw new Error(`collection ${spec.name} does not exist: ensure it first`);
  const fresh = stored.filter(({ _id }) => !positions.has(_id));
  const older = stored.filter(
    ({ _id, _position }) => (positions.get(_id) ?? _position) < _position,
  );
  if (fence) requireVersion(fence, (await readRecord(db, fence.key))?.version);
  const overtaken = await insertAll(collection, fresh);
  await replaceOlder(collection, [...overtaken, ...older]);
}

async function positionsOf(
  collection: Collection<Stored>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await collection
    .find({ _id: { $in: [...ids] } }, { projection: { _position: 1 } })
    .toArray();
  return new Map(found.map(({ _id, _position }) => [_id, _position]));
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

/** For whom, and for how long, the server works on a read. */
interface Patience {
  readonly signal: AbortSignal;
  readonly maxTimeMS: number;
}

/** @throws ReadTooSlow @throws the signal's reason */
export async function findPage(
  db: Db,
  spec: CollectionSpec,
  query: Query,
  patience: Patience,
): Promise<Page> {
  const collection = collectionOf(db, spec);
  const plan = planQuery(query);
  if (plan.impossible) return emptyPage;
  try {
    const docs = await readPage(collection, plan, patience);
    const total =
      totalFromPage(plan, docs) ??
      (await collection.countDocuments(filterOf(plan), { ...patience }));
    return pageOf(plan, docs, total);
  } catch (error) {
    patience.signal.throwIfAborted();
    throw readError(error);
  }
}

/** Stretch by stretch until there is one document more than the page shows. */
async function readPage(
  collection: Collection<Stored>,
  plan: Plan,
  patience: Patience,
): Promise<readonly StoredDoc[]> {
  const wanted = plan.limit + 1;
  const found: StoredDoc[] = [];
  for (const stretch of stretchesOf(plan)) {
    const page = await collection
      .find(filterOf(plan, stretch), { ...patience })
      .sort(sortOf(plan.sort))
      .skip(plan.offset)
      .limit(wanted - found.length)
      .toArray();
    found.push(...page.map(fromStored));
    if (found.length === wanted) break;
  }
  return found;
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
