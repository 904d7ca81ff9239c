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

  it.each([13, 18, 43, 50, 91, 189, 365, 10107, 11600, 11601, 11602, 12587, 13435, 14031, 999_999])(
    'is the store’s with code %d, alone and within a bulk write',
    (code) => {
      expect(portError(server(code))).toBeInstanceOf(ReadStoreUnavailable);
      expect(portError(bulk([code]))).toBeInstanceOf(ReadStoreUnavailable);
      expect(portError(bulk([10334, code]))).toBeInstanceOf(ReadStoreUnavailable);
    },
  );

  it.each([15, 22, 52, 56, 57, 121, 171, 10334, 17419, 17420])(
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
