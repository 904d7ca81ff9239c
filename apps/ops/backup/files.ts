import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, copyFile, open, rename } from 'node:fs/promises';
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
    if (error instanceof RangeError) throw error;
    throw new RangeError(`${path} is damaged: ${String(error)}`, { cause: error });
  } finally {
    db.close();
  }
}

/** Puts a copy in its place under its name only when it is ready, whole and on the disk. */
export async function place(
  from: string,
  to: string,
  ready: (copy: string) => Promise<void>,
): Promise<void> {
  await copyFile(from, `${to}.restoring`);
  await ready(`${to}.restoring`);
  await syncFile(`${to}.restoring`);
  await rename(`${to}.restoring`, to);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}
