import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { StreamDamaged } from '../port.ts';
import { append } from './append.ts';
import type { Connection } from './connection.ts';

/** A server that has written what it was given at this revision, whatever was expected. */
const writingAt = (revision: bigint): Connection => {
  const client = {
    getStreamMetadata: () => Promise.resolve({ metadata: undefined }),
    appendToStream: () =>
      Promise.resolve({
        success: true,
        nextExpectedRevision: revision,
        position: { commit: 1n, prepare: 1n },
      }),
  };
  const { signal } = new AbortController();
  return { client, deadlineMs: 1000, closing: signal } as unknown as Connection;
};

describe('an append whose events stand elsewhere than they were meant to', () => {
  const events = [{ id: randomUUID(), type: 'BookOpened', data: {}, metadata: {} }];

  it.each([
    ['no-stream', 4n],
    [2, 5n],
    [2, 2n],
  ] as const)('is told as damage (expected %s, at %s)', async (expected, revision) => {
    const appending = append(writingAt(revision), 'register-1', expected, events);
    await expect(appending).rejects.toBeInstanceOf(StreamDamaged);
    await expect(appending).rejects.toMatchObject({ kind: 'misplaced' });
  });

  it('is taken where they stand as meant', async () => {
    expect(await append(writingAt(3n), 'register-1', 2, events)).toMatchObject({ revision: 3 });
  });
});
