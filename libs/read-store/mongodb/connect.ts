import {
  MongoBulkWriteError,
  MongoClient,
  MongoClientClosedError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
  type Db,
} from 'mongodb';
import { ReadStoreUnavailable } from '../port.ts';

export interface MongoReadStoreOptions {
  /** How long a call waits for a server to be found or to accept a connection, in milliseconds. Default 5000. */
  readonly connectTimeoutMs?: number;
  /** How long a call waits for an answer, in milliseconds. Default 60000. */
  readonly answerTimeoutMs?: number;
}

/** @throws ReadStoreUnavailable no server answers at this address. */
export async function connect(
  url: string,
  { connectTimeoutMs = 5000, answerTimeoutMs = 60_000 }: MongoReadStoreOptions,
): Promise<MongoClient> {
  const client = new MongoClient(url, {
    appName: 'so-chung-thuc',
    serverSelectionTimeoutMS: connectTimeoutMs,
    connectTimeoutMS: connectTimeoutMs,
    socketTimeoutMS: answerTimeoutMs,
    // As JSON does it: an absent field, not null.
    ignoreUndefined: true,
  });
  try {
    return await client.connect();
  } catch (error) {
    await client.close();
    throw portError(error);
  }
}

/** Followers decide on what they read, so they read where is written. */
export const databaseOf = (client: MongoClient, name: string): Db =>
  client.db(name, { readPreference: 'primary' });

const PASSING_CLASSES = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoNotConnectedError,
  MongoTopologyClosedError,
  MongoClientClosedError,
  MongoWriteConcernError,
];

/** Server errors that pass: no primary, shutting down, out of time. */
const PASSING_CODES = new Set([
  6, 7, 50, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436,
]);

const DUPLICATE_KEY = 11_000;
const NAMESPACE_NOT_FOUND = 26;
const NAMESPACE_EXISTS = 48;

/** The port's error for what the driver threw, where there is one. */
export function portError(error: unknown): unknown {
  const passing =
    PASSING_CLASSES.some((one) => error instanceof one) ||
    (error instanceof MongoServerError && PASSING_CODES.has(Number(error.code)));
  if (!passing || !(error instanceof Error)) return error;
  return new ReadStoreUnavailable(`read models: ${error.message}`, { cause: error });
}

/** Awaits one call, turning what the driver throws into the port's error. */
export async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw portError(error);
  }
}

export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;

/** Taking away what is not there is no error of ours; servers differ on whether it is one of theirs. */
export const isNamespaceNotFound = (error: unknown): boolean =>
  error instanceof MongoServerError &&
  (error.code === NAMESPACE_NOT_FOUND || error.message === 'ns not found');

export const isNamespaceExists = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === NAMESPACE_EXISTS;

/** Places in an unordered batch that were already taken; undefined where anything else went wrong. */
export function onlyDuplicates(error: unknown): readonly number[] | undefined {
  if (!(error instanceof MongoBulkWriteError)) return undefined;
  const errors = [error.writeErrors].flat();
  const harmless = errors.length > 0 && errors.every(({ code }) => code === DUPLICATE_KEY);
  if (!harmless || error.result.getWriteConcernError()) return undefined;
  return errors.map(({ index }) => index);
}
