import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, constants, copyFile, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Database from 'better-sqlite3';

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
  for (const suffix of ['', '-journal', '-wal', '-shm'])
    await rm(`${path}${suffix}`, { force: true });
}

/** Puts a copy in its place under its name only when it is ready, whole and on the disk. */
export async function place(
  from: string,
  to: string,
  ready: (copy: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const copy = `${to}.restoring`;
  await copyAnew(from, copy);
  await ready(copy);
  await syncFile(copy);
  // A write-ahead log of a database that is gone would be taken for the new one's.
  await removeDatabase(to);
  await rename(copy, to);
}

/** Work on a copy of a database that is gone afterwards: what is looked at stays as it is. */
export async function scratchCopy<T>(from: string, work: (copy: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'look-'));
  try {
    await copyAnew(from, join(folder, 'copy.db'));
    return await work(join(folder, 'copy.db'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
