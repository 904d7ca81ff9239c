import { chmodSync, closeSync, openSync } from 'node:fs';

/** The owner, and nobody else. */
const MODE = 0o600;

/**
 * Sees to it that a file is its owner's alone, whatever the process's umask lets through, making it
 * empty where it is not there: SQLite gives what it puts beside a database the database's mode.
 * Where the file is another account's its owner has to say so.
 */
export function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', MODE));
  try {
    chmodSync(path, MODE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}
