import type { Collection, Db } from 'mongodb';
import { checkSpec } from '../checks.ts';
import { CollectionExists, type CollectionSpec, type Load } from '../port.ts';
import { dropCollection, ensureCollection } from './collections.ts';
import { guarded, isNamespaceExists } from './connect.ts';
import { getDocuments } from './documents.ts';
import { collectionOf, toStored, type Stored } from './stored.ts';

/**
 * Fills a collection that nobody else writes to: no positions to be compared, no indexes to be kept
 * up, and the next batch is made while the server works on this one.
 */
export async function startLoad(db: Db, spec: CollectionSpec): Promise<Load> {
  checkSpec(spec);
  await createNew(db, spec);
  const collection = collectionOf(db, spec);
  let written: Promise<void> = Promise.resolve();
  return {
    write: async (docs) => {
      const stored = docs.map((doc) => toStored(spec, doc));
      await written;
      written = guarded(() => writeAll(collection, stored));
      // Told by the next call; the promise itself may never be looked at.
      written.catch(() => undefined);
    },
    getMany: async (ids) => {
      await written;
      return guarded(() => getDocuments(db, spec, ids));
    },
    finish: async () => {
      await written;
      await guarded(() => ensureCollection(db, spec));
    },
    abandon: async () => {
      await written.catch(() => undefined);
      await dropCollection(db, spec).catch(() => undefined);
    },
  };
}

async function createNew(db: Db, { name }: CollectionSpec): Promise<void> {
  try {
    await db.createCollection(name);
  } catch (error) {
    if (!isNamespaceExists(error)) throw error;
    throw new CollectionExists(`collection ${name} exists`, { cause: error });
  }
}

/** By id alone, so an upsert never meets a document it may not replace. */
async function writeAll(collection: Collection<Stored>, docs: readonly Stored[]): Promise<void> {
  if (docs.length === 0) return;
  const replacements = docs.map(({ _id, ...replacement }) => ({
    replaceOne: { filter: { _id }, replacement, upsert: true },
  }));
  await collection.bulkWrite(replacements, { ordered: false });
}
