import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { ReadStoreDamaged, type CollectionSpec } from '../port.ts';
import { isDamage, portError } from './database.ts';
import type { Files } from './files.ts';

/** What is done in a store's files, each failure told with the file it was about. */
export interface Settling {
  /** SQLite answers at once; what it throws rejects. */
  readonly inStore: <T>(run: () => T) => Promise<T>;
  /** The same where nothing is promised yet: a file is opened. */
  readonly opening: <T>(file: string, run: () => T) => T;
  /** In the file the collection lies in. */
  readonly inFile: <T>(spec: Pick<CollectionSpec, 'name'>, run: () => T) => Promise<T>;
  /** In the file the record lies in. */
  readonly ofRecord: <T>(key: string, run: () => T) => Promise<T>;
  /** What was thrown elsewhere about the collection's file. */
  readonly told: (spec: Pick<CollectionSpec, 'name'>, error: unknown) => Error;
  /** Files found damaged that are still there: one that was put aside and made anew is another file. */
  readonly damaged: () => readonly string[];
}

const inodeOf = (path: string): number | undefined =>
  statSync(path, { throwIfNoEntry: false })?.ino;

export function createSettling(path: string, files: Files): Settling {
  const found = new Map<string, number>();
  const fileOf = (name: string): string =>
    files.inodeOf(name) === undefined ? path : files.pathOf(name);
  const told = (error: unknown, file: string): Error => {
    // What fails at opening was told by then; what SQLite said stands behind it.
    const said = error instanceof Error && isDamage(error.cause) ? error.cause : error;
    const inode = inodeOf(file);
    if (!isDamage(said) || inode === undefined) return portError(error);
    found.set(file, inode);
    return new ReadStoreDamaged(basename(file), (said as Error).message, { cause: said });
  };
  const opening = <T>(file: string, run: () => T): T => {
    try {
      return run();
    } catch (error) {
      throw told(error, file);
    }
  };
  const settled = <T>(file: string, run: () => T): Promise<T> =>
    new Promise((resolve) => resolve(opening(file, run)));
  return {
    opening,
    inStore: (run) => settled(path, run),
    inFile: ({ name }, run) => settled(fileOf(name), run),
    ofRecord: (key, run) => settled(fileOf(/:([^:]+)$/.exec(key)?.[1] ?? ''), run),
    told: ({ name }, error) => told(error, fileOf(name)),
    damaged: () => {
      for (const [file, inode] of found) if (inodeOf(file) !== inode) found.delete(file);
      return [...found.keys()].map((file) => basename(file)).sort();
    },
  };
}
