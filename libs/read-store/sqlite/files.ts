import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isCollectionName } from '../checks.ts';
import { CollectionDropped, CollectionExists } from '../port.ts';

/**
 * A collection that was loaded has a file of its own beside the store's: `read.db` and
 * `read.books.db`; `read.books.loading` while it is being filled.
 */
export interface Files {
  /** The collection's file. */
  readonly pathOf: (name: string) => string;
  /** Which file that is at the moment; undefined where there is none. */
  readonly inodeOf: (name: string) => number | undefined;
  /** Collections with a file, also those being filled. */
  readonly names: () => string[];
  /** Makes the empty file to be filled. @throws CollectionExists another fills it */
  readonly begin: (name: string) => string;
  /** The file that is being filled. */
  readonly unfinished: (name: string) => string;
  /** What is being filled gets another name; undefined where it is there no more. @throws CollectionExists */
  readonly rename: (from: string, to: string) => string | undefined;
  /** What was filled becomes the collection's file. @throws CollectionDropped it was taken away meanwhile */
  readonly publish: (name: string) => void;
  readonly remove: (name: string) => void;
}

const LOADED = '.db';
const LOADING = '.loading';
const JOURNAL = '-journal';
/** Whatever a collection may consist of. */
const ALL = [LOADING, `${LOADING}${JOURNAL}`, LOADED, `${LOADED}-wal`, `${LOADED}-shm`];

export function filesBeside(path: string): Files {
  const folder = dirname(path);
  const stem = `${basename(path).replace(/\.db$/, '')}.`;
  const place = (name: string, suffix: string): string => join(folder, `${stem}${name}${suffix}`);

  const nameIn = (file: string): string | undefined => {
    const suffix = [LOADED, LOADING].find((one) => file.endsWith(one));
    if (!file.startsWith(stem) || suffix === undefined) return undefined;
    const name = file.slice(stem.length, -suffix.length);
    return isCollectionName(name) ? name : undefined;
  };

  const unfinished = (name: string): string => place(name, LOADING);
  return {
    unfinished,
    pathOf: (name) => place(name, LOADED),
    inodeOf: (name) => statSync(place(name, LOADED), { throwIfNoEntry: false })?.ino,
    names: () => readdirSync(folder).flatMap((file) => nameIn(file) ?? []),
    begin: (name) => begin(unfinished(name), name),
    rename: (from, to) => {
      // Taken first, so that nothing of another's is written over.
      const path = begin(unfinished(to), to);
      if (!moved(unfinished(from), path)) {
        rmSync(path);
        return undefined;
      }
      rmSync(`${unfinished(from)}${JOURNAL}`, { force: true });
      return path;
    },
    publish: (name) => {
      if (!moved(unfinished(name), place(name, LOADED))) {
        throw new CollectionDropped(`collection ${name} was dropped while it was filled`);
      }
      flushFolder(folder);
    },
    remove: (name) => {
      for (const suffix of ALL) rmSync(place(name, suffix), { force: true });
    },
  };
}

/** Makes the empty file. @throws CollectionExists */
function begin(path: string, name: string): string {
  try {
    closeSync(openSync(path, 'wx', 0o600));
    return path;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    throw new CollectionExists(`collection ${name} is being filled`);
  }
}

/** False where there is no such file. */
function moved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false;
    throw error;
  }
}

const isCode = (error: unknown, code: string): boolean =>
  (error as NodeJS.ErrnoException).code === code;

/** A new name is durable when its folder is. */
function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
