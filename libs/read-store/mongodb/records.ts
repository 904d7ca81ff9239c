import type { Db } from 'mongodb';
import { CONTROL } from '../checks.ts';
import type { Doc, VersionedRecord } from '../port.ts';
import { isDuplicateKey } from './failures.ts';

interface StoredRecord {
  readonly _id: string;
  readonly version: number;
  readonly value: Doc;
}

const control = (db: Db) => db.collection<StoredRecord>(CONTROL);

export async function readRecord(db: Db, key: string): Promise<VersionedRecord | undefined> {
  const found = await control(db).findOne({ _id: { $eq: key } });
  return found ? { version: found.version, value: found.value } : undefined;
}

/** One document, and one condition on it: the server does the comparing and the setting at once. */
export async function writeRecord(
  db: Db,
  key: string,
  { value, expected }: { readonly value: Doc; readonly expected: number },
): Promise<boolean> {
  if (expected === 0) return insertFirst(db, { _id: key, version: 1, value });
  const { matchedCount } = await control(db).replaceOne(
    { _id: { $eq: key }, version: { $eq: expected } },
    { version: expected + 1, value },
  );
  return matchedCount === 1;
}

async function insertFirst(db: Db, record: StoredRecord): Promise<boolean> {
  try {
    await control(db).insertOne(record);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** Whatever was there before. */
export async function setRecord(db: Db, key: string, value: Doc): Promise<void> {
  await control(db).replaceOne({ _id: { $eq: key } }, { version: 1, value }, { upsert: true });
}

export async function removeRecord(db: Db, key: string): Promise<void> {
  await control(db).deleteOne({ _id: { $eq: key } });
}

/** Those whose keys end in `:` and the name, which is made of letters, digits and `_` only. */
export async function removeRecordsOf(db: Db, name: string): Promise<void> {
  await control(db).deleteMany({ _id: { $regex: `:${name}$` } });
}
