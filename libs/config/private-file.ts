import { chmodSync, closeSync, openSync } from 'node:fs';
import { open } from 'node:fs/promises';

/** The owner, and nobody else. */
const MODE = 0o600;

/**
 * Sees to it that a file is its owner's alone, whatever the process's umask lets through, making it
 * empty where it is not there: SQLite gives what it puts beside a database the database's mode.
 * Where the file is another account's its owner has to say so.
 *
 * A file that is there is not opened: to close it again would take away every lock this process has on it
 * (POSIX, `fcntl`). Another process that closes the database takes itself for the last one then, and
 * removes the write-ahead log under this one: what is written from then on nobody else finds.
 */
export function makePrivate(path: string): void {
  makeEmpty(path);
  try {
    chmodSync(path, MODE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}

function makeEmpty(path: string): void {
  try {
    closeSync(openSync(path, 'ax', MODE));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** A file for its owner alone, on the disk before it settles; `wx`: none may be there. */
export async function writeSynced(path: string, text: string, flags: 'w' | 'wx'): Promise<void> {
  const handle = await open(path, flags, MODE);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
