import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFirst } from './first-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'first-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a file that is made once', () => {
  it('is whole whenever it is there, whoever makes it at the same time, and stays the first one’s', async () => {
    const path = join(folder, 'new', 'key');
    const texts = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
    await Promise.all(
      texts.map(async (text) => {
        await writeFirst(path, text);
        expect(texts).toContain(await readFile(path, 'utf8'));
      }),
    );
    const stands = await readFile(path, 'utf8');
    await writeFirst(path, 'another');
    expect(await readFile(path, 'utf8')).toBe(stands);
    expect(await readdir(join(folder, 'new'))).toEqual(['key']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is not there at all where it could not be written', async () => {
    await expect(writeFirst(join(folder, 'k'.repeat(250)), 'x')).rejects.toThrow('ENAMETOOLONG');
    expect(await readdir(folder)).toEqual([]);
  });
});
