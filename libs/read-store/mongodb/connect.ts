import { MongoClient, type Db } from 'mongodb';
import { portError } from './failures.ts';

export interface MongoReadStoreOptions {
  /** How long a call waits for a server to be found or to accept a connection, in milliseconds. Default 5000. */
  readonly connectTimeoutMs?: number;
  /** How long a call waits for an answer, in milliseconds. Default 60000. */
  readonly answerTimeoutMs?: number;
  /** Opens though no server answers yet: calls are refused until one does. By default opening is. */
  readonly lazily?: boolean;
}

/** @throws ReadStoreUnavailable no server answers at this address. */
export async function connect(
  url: string,
  { connectTimeoutMs = 5000, answerTimeoutMs = 60_000, lazily = false }: MongoReadStoreOptions,
): Promise<MongoClient> {
  const client = new MongoClient(url, {
    appName: 'so-chung-thuc',
    serverSelectionTimeoutMS: connectTimeoutMs,
    connectTimeoutMS: connectTimeoutMs,
    socketTimeoutMS: answerTimeoutMs,
    // What was acknowledged outlives the server that acknowledged it.
    writeConcern: { w: 'majority', journal: true },
    // As JSON does it: an absent field, not null.
    ignoreUndefined: true,
  });
  // The driver connects with the first call that needs it, and again after it failed to.
  if (lazily) return client;
  try {
    return await client.connect();
  } catch (error) {
    await client.close();
    throw portError(error);
  }
}

/** How long a server may work on one question of a reader, whom the API answers within 30 s. */
export const LONGEST_READ_MS = 20_000;

/** Followers decide on what they read, so they read where is written. */
export const databaseOf = (client: MongoClient, name: string): Db =>
  client.db(name, { readPreference: 'primary' });
