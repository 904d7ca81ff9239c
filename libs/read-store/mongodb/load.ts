import type { Collection, Db } from 'mongodb';
import { checkCollection, checkSpec } from '../checks.ts';
import {
  CollectionDropped,
  CollectionExists,
  type CollectionSpec,
  type Doc,
  type Load,
  type Resumed,
} from '../port.ts';
import { dropCollection, ensureCollection, exists, type Connections } from './collections.ts';
import { isNamespaceExists, isNamespaceNotFound } from './failures.ts';
import { getDocuments, insertAll } from './documents.ts';
import { beginCounting, removeGroupsOf } from './groups.ts';
import { persistent } from './persistent.ts';
import { readRecord, removeRecord, removeRecordsOf, setRecord } from './records.ts';
import { collectionOf, fromStored, toStored, type Stored } from './stored.ts';

/** Documents of one request. */
const BULK = 1000;

/**
 * Fills a collection that nobody else writes to: no positions to be compared, no indexes to be kept
 * up, large unordered requests, and the next is made while the server works on this one.
 */
export async function startLoad(connections: Connections, spec: CollectionSpec): Promise<Load> {
  const { db } = connections;
  checkSpec(spec);
  await createNew(db, spec);
  // Of a collection of this name that was dropped without them.
  await removeRecordsOf(db, spec.name);
  return loadInto(connections, spec);
}

/** Goes on filling what was left unfinished under another name; undefined where it cannot. */
export async function resumeLoad(
  connections: Connections,
  spec: CollectionSpec,
  from: string,
): Promise<Resumed | undefined> {
  const { db } = connections;
  checkSpec(spec);
  checkCollection({ name: from });
  const milestone = await readRecord(db, milestoneOf(from));
  if (!milestone || !(await renamed(db, from, spec.name))) return undefined;
  await keepMilestone(db, spec.name, milestone.value);
  await removeRecord(db, milestoneOf(from));
  return { milestone: milestone.value, load: loadInto(connections, spec) };
}

/** Among the control records; it goes when the collection is finished or dropped. */
const milestoneOf = (name: string): string => `milestone:${name}`;

const keepMilestone = (db: Db, name: string, value: Doc): Promise<void> =>
  setRecord(db, milestoneOf(name), value);

export async function dropLoaded(db: Db, spec: Pick<CollectionSpec, 'name'>): Promise<void> {
  checkCollection(spec);
  // First: a collection that is left over is dropped again, records without one would be found by nobody.
  await removeRecordsOf(db, spec.name);
  await removeGroupsOf(db, spec);
  await dropCollection(db, spec);
}

function loadInto(connections: Connections, spec: CollectionSpec): Load {
  const { db } = connections;
  const collection = collectionOf(db, spec);
  let waiting = new Map<string, Stored>();
  let written: Promise<void> = Promise.resolve();

  const send = async (): Promise<void> => {
    await written;
    const docs = [...waiting.values()];
    waiting = new Map();
    written = persistent(() => writeAll(db, collection, docs));
    // Told by the next call; the promise itself may never be looked at.
    written.catch(() => undefined);
  };
  const sendAll = (): Promise<void> => send().then(() => written);
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
      return [...held, ...(await persistent(() => getDocuments(db, spec, others)))];
    },
    milestone: async (value) => {
      await sendAll();
      await persistent(() => keepMilestone(db, spec.name, value));
    },
    finish: async () => {
      await sendAll();
      await persistent(() => ensureCollection(connections, spec));
      await persistent(() => beginCounting(db, spec));
      await persistent(() => removeRecord(db, milestoneOf(spec.name)));
    },
    abandon: async () => {
      await written.catch(() => undefined);
      await dropLoaded(db, spec).catch(() => undefined);
    },
    leave: () => written.catch(() => undefined),
  };
}

/** False where it is there no more. @throws CollectionExists */
async function renamed(db: Db, from: string, to: string): Promise<boolean> {
  try {
    await db.renameCollection(from, to);
    return true;
  } catch (error) {
    if (isNamespaceNotFound(error)) return false;
    if (!isNamespaceExists(error)) throw error;
    throw new CollectionExists(`collection ${to} exists`, { cause: error });
  }
}

async function createNew(db: Db, { name }: CollectionSpec): Promise<void> {
  try {
    await db.createCollection(name);
  } catch (error) {
    if (!isNamespaceExists(error)) throw error;
    throw new CollectionExists(`collection ${name} exists`, { cause: error });
  }
}

/** Nearly all are new: they are inserted. What is there already, of an earlier request or of this one sent again, is replaced. */
async function writeAll(
  db: Db,
  collection: Collection<Stored>,
  docs: readonly Stored[],
): Promise<void> {
  // The server would make a dropped collection anew for whoever writes to it.
  if (!(await exists(db, collection.collectionName))) {
    throw new CollectionDropped(`collection ${collection.collectionName} was dropped`);
  }
  const there = await insertAll(collection, docs);
  if (there.length === 0) return;
  const replacements = there.map(({ _id, ...replacement }) => ({
    replaceOne: { filter: { _id }, replacement, upsert: true },
  }));
  await collection.bulkWrite(replacements, { ordered: false });
}
