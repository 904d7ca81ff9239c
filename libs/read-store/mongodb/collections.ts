import type { CreateIndexesOptions, Db } from 'mongodb';
import { checkCollection, checkSpec, isCollectionName } from '../checks.ts';
import type { CollectionSpec } from '../port.ts';
import { beginCounting } from './groups.ts';
import { isCommandNotFound, isNamespaceExists, isNamespaceNotFound } from './failures.ts';

/** A database over two connections: one whose calls are given up in time, and one that waits for indexes. */
export interface Connections {
  readonly db: Db;
  readonly patient: Db;
}

/**
 * Asking again for a collection or index that is there changes nothing, whoever asks at once; one
 * that is being built is waited for.
 */
export async function ensureCollection(
  { db, patient }: Connections,
  spec: CollectionSpec,
): Promise<void> {
  checkSpec(spec);
  try {
    await db.createCollection(spec.name);
  } catch (error) {
    if (!isNamespaceExists(error)) throw error;
  }
  if (await isEmpty(db, spec)) await beginCounting(db, spec);
  const wanted = indexedFields(spec);
  if (wanted.length === 0) return;
  const indexes = wanted.map((fields) => ({ key: new Map(fields.map((field) => [field, 1])) }));
  await patient.collection(spec.name).createIndexes(indexes, await quorumOf(db));
}

/**
 * A replica set would wait for every member that votes, without end while one is down; a server alone
 * refuses to be told how many.
 */
const quorumOf = async (db: Db): Promise<CreateIndexesOptions> =>
  (await isReplicaSet(db)) ? { commitQuorum: 'majority' } : {};

async function isReplicaSet(db: Db): Promise<boolean> {
  try {
    const { setName } = (await db.command({ hello: 1 })) as { readonly setName?: string };
    return setName !== undefined;
  } catch (error) {
    // Servers that speak its protocol need not know the command.
    if (isCommandNotFound(error)) return false;
    throw error;
  }
}

/** The fields of each index in their order, all ascending; each ends in the id, which breaks the ties of every sort. */
export function indexedFields({
  indexes,
  searchedWithin,
}: Pick<CollectionSpec, 'indexes' | 'searchedWithin'>): readonly (readonly string[])[] {
  const ofWords = searchedWithin ? [[...searchedWithin, '_words']] : [];
  return [...indexes, ...ofWords].map((fields) => [...fields, '_id']);
}

/** Of one that has documents the groups are counted when it was loaded, while nobody writes. */
const isEmpty = async (db: Db, { name }: CollectionSpec): Promise<boolean> =>
  (await db.collection(name).findOne({}, { projection: { _id: 1 } })) === null;

export async function dropCollection(db: Db, spec: Pick<CollectionSpec, 'name'>): Promise<void> {
  checkCollection(spec);
  try {
    await db.dropCollection(spec.name);
  } catch (error) {
    if (!isNamespaceNotFound(error)) throw error;
  }
}

export async function ping(db: Db): Promise<void> {
  await db.command({ ping: 1 });
}

export async function listCollections(db: Db): Promise<string[]> {
  const all = await db.listCollections({}, { nameOnly: true }).toArray();
  return all
    .map(({ name }) => name)
    .filter(isCollectionName)
    .sort();
}

export const exists = async (db: Db, name: string): Promise<boolean> =>
  (await listCollections(db)).includes(name);
