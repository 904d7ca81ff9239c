import type { Db } from 'mongodb';
import type { CollectionSpec, Mending } from '../port.ts';
import { isDuplicateKey } from './failures.ts';
import { collectionOf, toStored } from './stored.ts';

/** One document, and one condition on it: the server does the comparing and the writing at once. */
export async function mendDocument(
  db: Db,
  spec: CollectionSpec,
  { id, found, doc }: Mending,
): Promise<boolean> {
  const collection = collectionOf(db, spec);
  const there = { _id: { $eq: id }, _position: { $eq: found ?? '' } };
  if (!doc) {
    if (found === undefined) return true;
    return (await collection.deleteOne(there)).deletedCount === 1;
  }
  const stored = toStored(spec, doc);
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
