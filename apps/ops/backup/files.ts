import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, constants, copyFile, link, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Database from 'better-sqlite3';
import { inTemporaryFolder } from '#config';
import { untilStopped } from '../run.ts';

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Copies an SQLite database that others write to meanwhile: in one read transaction, so the copy is
 * the database as it was at one moment, and nobody waits for it.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const db = new Database(from, { readonly: true });
  try {
    // All pages in one step: in small steps every write of another process would begin it anew.
    await db.backup(to, { progress: () => 2 ** 30 });
    await chmod(to, 0o600);
  } finally {
    db.close();
  }
}

/** Makes a database one plain file on the disk, and answers its hash. */
export async function sealed(path: string): Promise<string> {
  const copy = new Database(path);
  copy.pragma('journal_mode = DELETE');
  copy.close();
  await syncFile(path);
  return sha256OfFile(path);
}

/** @throws RangeError where SQLite finds the file damaged */
export function checkDatabase(path: string): void {
  const db = new Database(path, { readonly: true });
  try {
    const found = db.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new RangeError(`${path} is damaged: ${String(found)}`);
  } catch (error) {
    const { code = '', message } = error as Error & { code?: string };
    // A disk that is full, or gone, says nothing of the file.
    if (!/^SQLITE_(CORRUPT|NOTADB)/.test(code)) throw error;
    throw new RangeError(`${path} is damaged: ${message}`, { cause: error });
  } finally {
    db.close();
  }
}

/** The file itself and whatever SQLite, or a copy that was cut off, left beside it. */
export async function removeDatabase(path: string): Promise<void> {
  await rm(path, { force: true });
  await removeOrphans(path);
}

/** What is left beside a database that is gone: the next one under its name would take it for its own. */
export async function removeOrphans(path: string): Promise<void> {
  for (const suffix of ['-journal', '-wal', '-shm']) await rm(`${path}${suffix}`, { force: true });
}

/** @throws RangeError the file is there */
export async function requireFree(path: string): Promise<void> {
  if (await exists(path)) throw new RangeError(`${path} is there already: nothing was restored`);
}

/**
 * Puts a copy in its place under its name only when it is ready, whole and on the disk, and never
 * over another: a service that is started meanwhile begins a database of its own.
 * @throws RangeError one is there; it stays
 */
export async function place(
  from: string,
  to: string,
  ready: (copy: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const copy = `${to}.restoring`;
  try {
    await copyAnew(from, copy);
    await ready(copy);
    await syncFile(copy);
    await linkFirst(copy, to);
  } finally {
    await removeDatabase(copy);
  }
}

async function linkFirst(copy: string, to: string): Promise<void> {
  try {
    await link(copy, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const remedy = 'end whoever has begun it and move it away, then say the same again';
    throw new RangeError(`${to} came into being meanwhile, and stays: ${remedy}`, { cause: error });
  }
}

/** Work on a copy of a database that is gone afterwards: what is looked at stays as it is. */
export function scratchCopy<T>(from: string, work: (copy: string) => Promise<T>): Promise<T> {
  // A signal that nobody heeds would end the process and leave the copy.
  untilStopped();
  return inTemporaryFolder('look-', async (folder) => {
    await copyAnew(from, join(folder, 'copy.db'));
    return work(join(folder, 'copy.db'));
  });
}

/** Never through a link that stands in the way. */
async function copyAnew(from: string, to: string): Promise<void> {
  await removeDatabase(to);
  await copyFile(from, to, constants.COPYFILE_EXCL);
  await chmod(to, 0o600);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}
