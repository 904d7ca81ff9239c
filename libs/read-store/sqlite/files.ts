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
  /** What was filled becomes the collection's file. @throws CollectionDropped it was taken away meanwhile */
  readonly publish: (name: string) => void;
  readonly remove: (name: string) => void;
}

const LOADED = '.db';
const LOADING = '.loading';

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

  return {
    pathOf: (name) => place(name, LOADED),
    inodeOf: (name) => statSync(place(name, LOADED), { throwIfNoEntry: false })?.ino,
    names: () => readdirSync(folder).flatMap((file) => nameIn(file) ?? []),
    begin: (name) => {
      try {
        closeSync(openSync(place(name, LOADING), 'wx'));
      } catch (error) {
        if (!isCode(error, 'EEXIST')) throw error;
        throw new CollectionExists(`collection ${name} is being filled`);
      }
      return place(name, LOADING);
    },
    publish: (name) => {
      try {
        renameSync(place(name, LOADING), place(name, LOADED));
      } catch (error) {
        if (!isCode(error, 'ENOENT')) throw error;
        throw new CollectionDropped(`collection ${name} was dropped while it was filled`);
      }
      flushFolder(folder);
    },
    remove: (name) => {
      for (const suffix of [LOADING, LOADED, `${LOADED}-wal`, `${LOADED}-shm`]) {
        rmSync(place(name, suffix), { force: true });
      }
    },
  };
}

const isCode = (error: unknown, code: string): boolean =>
  (error as NodeJS.ErrnoException).code === code;

/** A new name is durable when its folder is. */
function flushFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
