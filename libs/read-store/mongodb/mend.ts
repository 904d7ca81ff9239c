import type { Collection, Db } from 'mongodb';
import type { CollectionSpec, Mending } from '../port.ts';
import { isDuplicateKey } from './failures.ts';
import { changesOf, counting } from './groups.ts';
import { collectionOf, toStored, type Stored } from './stored.ts';

/** One document, and one condition on it: the server does the comparing and the writing at once. */
export async function mendDocument(
  db: Db,
  spec: CollectionSpec,
  { id, found, doc }: Mending,
): Promise<boolean> {
  const collection = collectionOf(db, spec);
  const before = spec.counted && (await collection.findOne({ _id: { $eq: id } }));
  const after = doc && toStored(spec, doc);
  const changes = changesOf(spec, { pairs: [[before ?? undefined, after]] });
  return counting(db, spec, changes, () => mendOne(collection, { id, found }, after));
}

async function mendOne(
  collection: Collection<Stored>,
  { id, found }: Pick<Mending, 'id' | 'found'>,
  stored: Stored | undefined,
): Promise<boolean> {
  const there = { _id: { $eq: id }, _position: { $eq: found ?? '' } };
  if (!stored) {
    if (found === undefined) return true;
    return (await collection.deleteOne(there)).deletedCount === 1;
  }
  if (found !== undefined) {
    const { _id, ...replacement } = stored;
    return (await collection.replaceOne(there, replacement)).matchedCount === 1;
  }
  try {
    await collection.insertOne(stored);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
