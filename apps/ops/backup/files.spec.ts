import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { place } from './files.ts';

let folder: string;
let from: string;
let to: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'place-'));
  [from, to] = [join(folder, 'saved.db'), join(folder, 'events.db')];
  await writeFile(from, 'what was saved');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a file that is put back', () => {
  it('has its name when it is ready, and no other', async () => {
    await place(from, to, (copy) => writeFile(copy, ', and what was added', { flag: 'a' }));
    expect(await readFile(to, 'utf8')).toBe('what was saved, and what was added');
    expect(await readdir(folder)).toEqual(['events.db', 'saved.db']);
  });

  it('leaves one that came into being meanwhile as it is, with what is beside it', async () => {
    const begun = async (): Promise<void> => {
      for (const suffix of ['', '-wal']) await writeFile(`${to}${suffix}`, 'begun meanwhile');
    };
    await expect(place(from, to, begun)).rejects.toThrow('came into being meanwhile');
    expect(await readFile(to, 'utf8')).toBe('begun meanwhile');
    expect(await readdir(folder)).toEqual(['events.db', 'events.db-wal', 'saved.db']);
  });
});
