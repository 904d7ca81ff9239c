import { clientOf } from '#mongodb';
import type { Db, MongoClient } from 'mongodb';
import { portError } from './failures.ts';

export interface MongoReadStoreOptions {
  /** How long a call waits for a server to be found or to accept a connection, in milliseconds. Default 5000. */
  readonly connectTimeoutMs?: number;
  /** How long a call waits for an answer, in milliseconds. Default 30000. */
  readonly answerTimeoutMs?: number;
  /** How long the server may work on one question of a reader, in milliseconds. Default 10000. */
  readonly longestReadMs?: number;
  /** Opens though no server answers yet: calls are refused until one does. By default opening is. */
  readonly lazily?: boolean;
}

/** @throws ReadStoreUnavailable no server answers at this address. */
export async function connect(url: string, options: MongoReadStoreOptions): Promise<MongoClient> {
  const { answerTimeoutMs = 30_000, lazily = false } = options;
  const client = waitingClient(url, options, answerTimeoutMs);
  // The driver connects with the first call that needs it, and again after it failed to.
  if (lazily) return client;
  try {
    return await client.connect();
  } catch (error) {
    await client.close();
    throw portError(error);
  }
}

/**
 * For what takes as long as it takes, the building of indexes: the driver applies no other limit to it
 * than the socket's, by which it would leave the server to build on, and ask again in vain. Connects
 * with the first call; a server that is gone is noticed by TCP's own probes.
 */
export const connectPatiently = (url: string, options: MongoReadStoreOptions): MongoClient =>
  waitingClient(url, options, 0);

function waitingClient(
  url: string,
  { connectTimeoutMs = 5000 }: MongoReadStoreOptions,
  socketTimeoutMS: number,
): MongoClient {
  return clientOf(url, {
    appName: 'so-chung-thuc',
    serverSelectionTimeoutMS: connectTimeoutMs,
    connectTimeoutMS: connectTimeoutMs,
    socketTimeoutMS,
    // As JSON does it: an absent field, not null.
    ignoreUndefined: true,
  });
}

/** Followers decide on what they read, so they read where is written. */
export const databaseOf = (client: MongoClient, name: string): Db =>
  client.db(name, { readPreference: 'primary' });
