import {
  MongoBulkWriteError,
  MongoError,
  MongoInvalidArgumentError,
  MongoServerError,
} from 'mongodb';
import { ReadStoreUnavailable, ReadTooSlow } from '../port.ts';

/**
 * What a server refuses a document itself for; the same document would be refused again, whenever
 * and wherever it is sent. By mongodb/mongo's `error_codes.yml` and, from 10000, its locations.
 */
const DOCUMENT_CODES = new Set<unknown>([
  15, // Overflow: nested too deep
  22, // InvalidBSON
  52, // DollarPrefixedFieldName
  56, // EmptyFieldName
  57, // DottedFieldName
  121, // DocumentValidationFailure
  171, // CannotIndexParallelArrays
  357, // InvalidBSONType
  378, // NonConformantBSON
  10334, // BSONObjectTooLarge
  17419, // after the update larger than 16 MB
  17420, // the same, of an update of several
]);

const DUPLICATE_KEY = 11_000;
const NAMESPACE_NOT_FOUND = 26;
const NAMESPACE_EXISTS = 48;
const MAX_TIME_EXPIRED = 50;
const COMMAND_NOT_FOUND = 59;

/**
 * The port's error for what the driver threw. Only what a document itself is refused for stays what
 * it is, and may be blamed on the event that made it; whatever else the driver throws, by whatever
 * class, code or label, and wherever it is wrapped, is the store's: a server that is away, has no
 * primary, no room, no rights for us, or cut the call short.
 */
export function portError(error: unknown): unknown {
  if (!(error instanceof MongoError) && !isOfTheSystem(error)) return error;
  if (isOfTheDocument(error)) return error;
  return new ReadStoreUnavailable(`read models: ${error.message}`, { cause: error });
}

/** A socket's or a name's, as Node throws it where the driver does not wrap it. */
const isOfTheSystem = (error: unknown): error is Error =>
  error instanceof Error && 'syscall' in error;

function isOfTheDocument(error: Error): boolean {
  if (error instanceof MongoBulkWriteError) {
    const errors = [error.writeErrors].flat();
    // Without one the whole request failed; the document cannot be why.
    return errors.length > 0 && errors.every(({ code }) => DOCUMENT_CODES.has(code));
  }
  // Before it is sent: the driver knows the largest document the server takes.
  if (error instanceof MongoInvalidArgumentError)
    return /larger than the maximum size/.test(error.message);
  return error instanceof MongoServerError && DOCUMENT_CODES.has(error.code);
}

/** Awaits one call, turning what the driver throws into the port's error. */
export async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw portError(error);
  }
}

/** Of a read under `maxTimeMS`; any other call that the server finds too long is the store's failure. */
export function readError(error: unknown): unknown {
  if (!(error instanceof MongoServerError) || error.code !== MAX_TIME_EXPIRED) {
    return portError(error);
  }
  return new ReadTooSlow(`read models: ${error.message}`, { cause: error });
}

export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === DUPLICATE_KEY;

/** Taking away what is not there is no error of ours; servers differ on whether it is one of theirs. */
export const isNamespaceNotFound = (error: unknown): boolean =>
  error instanceof MongoServerError &&
  (error.code === NAMESPACE_NOT_FOUND || error.message === 'ns not found');
export const isCommandNotFound = (error: unknown): boolean =>
  error instanceof MongoServerError && error.code === COMMAND_NOT_FOUND;

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
