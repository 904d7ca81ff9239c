import type { Collection, Db } from 'mongodb';
import { checkSpec } from '../checks.ts';
import {
  CollectionDropped,
  CollectionExists,
  type CollectionSpec,
  type Load,
  type StoredDoc,
} from '../port.ts';
import { dropCollection, ensureCollection, exists } from './collections.ts';
import { guarded, isNamespaceExists } from './connect.ts';
import { getDocuments } from './documents.ts';
import { collectionOf, fromStored, toStored, type Stored } from './stored.ts';

/** Documents of one request. */
const BULK = 1000;

/**
 * Fills a collection that nobody else writes to: no positions to be compared, no indexes to be kept
 * up, large unordered requests, and the next is made while the server works on this one.
 */
export async function startLoad(db: Db, spec: CollectionSpec): Promise<Load> {
  checkSpec(spec);
  await createNew(db, spec);
  const collection = collectionOf(db, spec);
  let waiting = new Map<string, Stored>();
  let written: Promise<void> = Promise.resolve();

  const send = async (): Promise<void> => {
    await written;
    const docs = [...waiting.values()];
    waiting = new Map();
    written = guarded(() => writeAll(db, collection, docs));
    // Told by the next call; the promise itself may never be looked at.
    written.catch(() => undefined);
  };
  return {
    write: async (docs) => {
      for (const doc of docs) waiting.set(doc.id, toStored(spec, doc));
      if (waiting.size >= BULK) await send();
    },
    getMany: async (ids) => {
      const held = ids.flatMap((id) => waiting.get(id) ?? []).map(fromStored);
      const others = ids.filter((id) => !waiting.has(id));
      if (others.length === 0) return held;
      await written;
      const found: readonly StoredDoc[] = await guarded(() => getDocuments(db, spec, others));
      return [...held, ...found];
    },
    finish: async () => {
      await send();
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
async function writeAll(
  db: Db,
  collection: Collection<Stored>,
  docs: readonly Stored[],
): Promise<void> {
  // The server would make a dropped collection anew for whoever writes to it.
  if (!(await exists(db, collection.collectionName))) {
    throw new CollectionDropped(`collection ${collection.collectionName} was dropped`);
  }
  if (docs.length === 0) return;
  const replacements = docs.map(({ _id, ...replacement }) => ({
    replaceOne: { filter: { _id }, replacement, upsert: true },
  }));
  await collection.bulkWrite(replacements, { ordered: false });
}
