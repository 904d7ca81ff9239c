import { describe, expect, it } from '@jest/globals';
import {
  MongoBulkWriteError,
  MongoInvalidArgumentError,
  MongoNetworkError,
  MongoServerError,
  type WriteError,
} from 'mongodb';
import { Fenced, ReadStoreUnavailable } from '../port.ts';
import { portError } from './failures.ts';

const server = (code: number): MongoServerError => new MongoServerError({ message: 'no', code });

function bulk(codes: readonly number[], message = 'bulk'): MongoBulkWriteError {
  const writeErrors = codes.map((code, index): unknown => ({ code, index })) as WriteError[];
  const result = { getWriteConcernError: () => undefined };
  return new MongoBulkWriteError({ message, writeErrors } as never, result as never);
}

describe('a failure of MongoDB', () => {
  it('is the store’s where the network failed within a bulk write', () => {
    const cut = bulk([], 'connection 3 to 10.0.0.1:27017 closed');
    expect(portError(cut)).toBeInstanceOf(ReadStoreUnavailable);
    expect(portError(new MongoNetworkError('closed'))).toBeInstanceOf(ReadStoreUnavailable);
    const named = Object.assign(new Error('ENOTFOUND'), { syscall: 'getaddrinfo' });
    expect(portError(named)).toBeInstanceOf(ReadStoreUnavailable);
  });

  // By mongodb/mongo's error_codes.yml of version 8: what a server says of itself, whatever is sent.
  it.each([
    [13, 'Unauthorized'],
    [18, 'AuthenticationFailed'],
    [24, 'LockTimeout'],
    [43, 'CursorNotFound'],
    [50, 'MaxTimeMSExpired'],
    [64, 'WriteConcernTimeout'],
    [85, 'IndexOptionsConflict'],
    [86, 'IndexKeySpecsConflict'],
    [89, 'NetworkTimeout'],
    [91, 'ShutdownInProgress'],
    [100, 'UnsatisfiableWriteConcern'],
    [112, 'WriteConflict'],
    [146, 'ExceededMemoryLimit'],
    [189, 'PrimarySteppedDown'],
    [215, 'DatabaseDropPending'],
    [262, 'ExceededTimeLimit'],
    [276, 'IndexBuildAborted'],
    [365, 'TemporarilyUnavailable'],
    [10107, 'NotWritablePrimary'],
    [11600, 'InterruptedAtShutdown'],
    [11601, 'Interrupted'],
    [11602, 'InterruptedDueToReplStateChange'],
    [12587, 'BackgroundOperationInProgressForNamespace'],
    [13435, 'NotPrimaryNoSecondaryOk'],
    [14031, 'OutOfDiskSpace'],
    [999_999, 'one that is not known here'],
  ])('is the store’s with code %d (%s), alone and within a bulk write', (code) => {
    expect(portError(server(code))).toBeInstanceOf(ReadStoreUnavailable);
    expect(portError(bulk([code]))).toBeInstanceOf(ReadStoreUnavailable);
    expect(portError(bulk([10334, code]))).toBeInstanceOf(ReadStoreUnavailable);
  });

  it.each([15, 22, 52, 56, 57, 121, 171, 357, 378, 10334, 17419, 17420])(
    'is the document’s with code %d, and stays what it is',
    (code) => {
      const [alone, several] = [server(code), bulk([code, code])];
      expect(portError(alone)).toBe(alone);
      expect(portError(several)).toBe(several);
    },
  );

  it('is the document’s where the driver finds it larger than any server takes', () => {
    const large = new MongoInvalidArgumentError(
      'Document is larger than the maximum size 16777216',
    );
    expect(portError(large)).toBe(large);
    const other = new MongoInvalidArgumentError('Operation passed in cannot be null');
    expect(portError(other)).toBeInstanceOf(ReadStoreUnavailable);
  });

  it('is no failure of MongoDB where the port itself threw', () => {
    const fenced = new Fenced('another writer');
    expect(portError(fenced)).toBe(fenced);
  });
});
