import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { makePrivate } from '#config';

/** Somebody else is writing there. */
export class UnderWay extends Error {
  override readonly name = 'UnderWay';
}

/**
 * Does the work while nobody else does any on this path, in whatever process: two would write into one
 * partial file. The system lets go of a lock of SQLite when its process ends, however it ends: what
 * a kill leaves of `{path}.part.lock` is in nobody's way.
 * @throws UnderWay nothing was done
 */
export async function alone<T>(path: string, work: () => Promise<T>): Promise<T> {
  const file = `${path}.part.lock`;
  const lock = locked(file, path);
  try {
    return await work();
  } finally {
    // While it is still held: the next one's file is not taken away.
    rmSync(file, { force: true });
    lock.close();
  }
}

function locked(file: string, path: string): Database.Database {
  makePrivate(file);
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    // SQLite looks before it writes whether the file still has its name: one that has just been let
    // go of and removed would keep out nobody.
    lock.pragma('user_version = 1');
    return lock;
  } catch (error) {
    lock.close();
    const { code } = error as { code?: unknown };
    if (code !== 'SQLITE_BUSY' && code !== 'SQLITE_READONLY_DBMOVED') throw error;
    const told = `${path}: somebody else is writing it; wait for that, or name another`;
    throw new UnderWay(told, { cause: error });
  }
}
