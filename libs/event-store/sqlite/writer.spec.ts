import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createWriterBeside } from './writer.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'writer-'));
});
afterEach(() => rm(folder, { recursive: true }));

const appendOfOne = () => [
  {
    stream: `book-${randomUUID()}`,
    expected: 'no-stream' as const,
    events: [{ id: randomUUID(), type: 'BookOpened', data: '{}', metadata: '{}' }],
  },
];

describe('a thread that writes the log', () => {
  it('is replaced where it has ended, and says of what it was writing that it may be there or not', async () => {
    const path = join(folder, 'not-there-yet', 'events.db');
    const writer = createWriterBeside({ path, busyTimeoutMs: 100 });
    await expect(writer.write([appendOfOne()])).rejects.toMatchObject({
      name: 'EventStoreUnavailable',
    });
    await mkdir(join(folder, 'not-there-yet'));
    const outcomes = await writer.write([appendOfOne(), appendOfOne()]);
    expect(outcomes).toMatchObject([{ revision: 0 }, { revision: 0 }]);
    await writer.close();
  });
});
