import { randomBytes } from 'node:crypto';
import { link, mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeSynced } from './private-file.ts';

/**
 * Makes a file that is made once, and its folder: whole and on the disk under its name, or not at all,
 * for its owner alone. Where somebody was first, theirs stays.
 */
export async function writeFirst(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await writeSynced(fresh, text, 'wx');
    await link(fresh, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(fresh, { force: true });
  }
}
