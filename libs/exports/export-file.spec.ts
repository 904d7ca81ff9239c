import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable } from '#event-store';
import { order } from '../../test/support/paper-rows.ts';
import { sampleActor } from '../../test/support/stores.ts';
import { exportRegister, PrintedOtherwise } from './export.ts';
import type { ExportSources } from './prepare.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Prints a register without entries into the folder, while `record` answers what is recorded of it. */
function printed(record: () => Promise<object>): Promise<unknown> {
  const runners = { exports: { execute: record } };
  return exportRegister({ runners, models: {} } as unknown as ExportSources, {
    ...{ exportId: 'a', order: order(), format: 'csv', path: join(folder, 'so.csv') },
    context: { actor: sampleActor, correlationId: 'c', causationId: 'd' },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    find: () => Promise.resolve({ items: [] } as never),
  });
}

describe('a print', () => {
  it('has no name before it is recorded, and leaves nothing where that is refused', async () => {
    let before: string[] = [];
    const refused = printed(async () => {
      before = await readdir(folder);
      throw new EventStoreUnavailable('away');
    });
    await expect(refused).rejects.toThrow(EventStoreUnavailable);
    expect(before).toEqual([expect.not.stringMatching(/^so\.csv$/)]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('of other bytes than those known is with nobody, and the one that is there stays', async () => {
    await writeFile(join(folder, 'so.csv'), 'known');
    const known = () => Promise.resolve({ events: [{ data: { sha256: 'another' } }] });
    await expect(printed(known)).rejects.toThrow(PrintedOtherwise);
    expect(await readdir(folder)).toEqual(['so.csv']);
    expect(await readFile(join(folder, 'so.csv'), 'utf8')).toBe('known');
  });
});
