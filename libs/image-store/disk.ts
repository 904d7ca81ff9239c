import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { checkBytes, checkHash, isHash, sha256Of } from './hash.ts';
import { ImageCorrupt, ImageStoreUnavailable } from './port.ts';
import type { ImageStore } from './port.ts';

/**
 * Originals as files `ab/cd/abcd…` (the whole hash is the file's name) under `folder`, which is
 * made with the first one. Any number of processes may share the folder.
 *
 * A file gets its name only when its bytes are on the disk, so what a crash leaves behind has a
 * temporary name and is never seen. Storing bytes again puts the same file in its own place, which
 * also mends one that was damaged.
 */
export function openDiskImageStore(folder: string): ImageStore {
  const root = resolve(folder);
  const folderOf = (sha256: string) => join(root, sha256.slice(0, 2), sha256.slice(2, 4));
  const pathOf = (sha256: string) => {
    checkHash(sha256);
    return join(folderOf(sha256), sha256);
  };

  return {
    put: async (sha256, bytes) => {
      checkBytes(sha256, bytes);
      await reachable(writeDurably(folderOf(sha256), sha256, bytes));
    },
    get: async (sha256) => {
      const path = pathOf(sha256);
      const bytes = await reachable(unlessMissing(readFile(path)));
      if (bytes && sha256Of(bytes) !== sha256) throw new ImageCorrupt(sha256);
      return bytes;
    },
    has: async (sha256) => {
      const path = pathOf(sha256);
      return (await reachable(unlessMissing(access(path).then(() => true)))) ?? false;
    },
    list: () => hashesUnder(root, 2),
    close: () => Promise.resolve(),
  };
}

async function writeDurably(folder: string, name: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${name}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  // The file's name stands in its folder and the folder's in the one above, up to the data folder.
  for (const up of ['.', '..', '../..', '../../..']) await syncFolder(join(folder, up));
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder, and writes its entries through by itself.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Names that are whole hashes, `depth` folders down; everything else is not ours or not finished. */
async function* hashesUnder(folder: string, depth: number): AsyncGenerator<string> {
  const entries = await reachable(unlessMissing(readdir(folder, { withFileTypes: true })));
  for (const entry of entries ?? []) {
    if (depth === 0) {
      if (entry.isFile() && isHash(entry.name)) yield entry.name;
    } else if (entry.isDirectory()) {
      yield* hashesUnder(join(folder, entry.name), depth - 1);
    }
  }
}

const codeOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

async function unlessMissing<T>(operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A disk that is full, read-only or gone is a store that cannot be reached. */
async function reachable<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    throw new ImageStoreUnavailable('image folder: not available', { cause: error });
  }
}
