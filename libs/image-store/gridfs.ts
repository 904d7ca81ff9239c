import { clientOf } from '#mongodb';
import { GridFSBucket, MongoError, MongoGridFSChunkError, MongoServerError } from 'mongodb';
import type { Binary, Collection, GridFSFile, MongoClient } from 'mongodb';
import { checkBytes, checkHash, isHash, sha256Of } from './hash.ts';
import { ImageCorrupt, ImageStoreUnavailable } from './port.ts';
import type { ImageStore } from './port.ts';

const BUCKET = 'images';
/** GridFS's own default, well below the 16 MB a document may have. */
const CHUNK_BYTES = 255 * 1024;
const DUPLICATE_KEY = 11000;

/** A file as the GridFS specification lays it down, under its hash instead of a random id. */
interface StoredFile {
  readonly _id: string;
  readonly filename: string;
  readonly length: number;
  readonly chunkSize: number;
  readonly uploadDate: Date;
}
interface StoredChunk {
  readonly _id: string;
  readonly files_id: string;
  readonly n: number;
  readonly data: Buffer | Binary;
}

const clientOfImages = (url: string): MongoClient =>
  clientOf(url, {
    serverSelectionTimeoutMS: 5_000,
    // The other commands of a seal or signature wait for the file that is being kept.
    socketTimeoutMS: 30_000,
    readPreference: 'primary',
  });

/**
 * Originals in the GridFS bucket `images`; a file's `_id` is its hash, so any GridFS tool can read
 * them. Any number of processes may share the database.
 *
 * Reading is GridFSBucket's. Writing is not, because its upload inserts, and an upload cut off
 * halfway leaves chunks in the way of the next one. Here a chunk's place follows from the hash and
 * what belongs there never differs: each writer puts every chunk in its place, then the file's
 * document. Writers of the same bytes may overlap, stop anywhere and start again; without the
 * file's document nothing is visible, and what was damaged is mended by storing it again.
 *
 * Opened `lazily` it waits for no server: calls are refused until one answers.
 *
 * @throws ImageStoreUnavailable the server could not be reached.
 */
export async function openGridFsImageStore(
  url: string,
  database: string,
  { lazily = false }: { readonly lazily?: boolean } = {},
): Promise<ImageStore> {
  const client = clientOfImages(url);
  const db = client.db(database);
  const bucket = new GridFSBucket(db, { bucketName: BUCKET });
  const files = db.collection<StoredFile>(`${BUCKET}.files`);
  const chunks = db.collection<StoredChunk>(`${BUCKET}.chunks`);
  let hasIndex = false;
  const ensureIndex = async () => {
    if (!hasIndex) await reachable(chunks.createIndex({ files_id: 1, n: 1 }, { unique: true }, {}));
    hasIndex = true;
  };
  try {
    if (!lazily) await ensureIndex();
  } catch (error) {
    await client.close();
    throw error;
  }

  return {
    put: async (sha256, bytes) => {
      checkBytes(sha256, bytes);
      await ensureIndex();
      await reachable(untilUncontended(() => writeChunks(chunks, sha256, bytes)));
      await reachable(untilUncontended(() => writeFile(files, sha256, bytes.length)));
    },
    get: async (sha256) => {
      checkHash(sha256);
      if (!(await isComplete(files, sha256))) return undefined;
      return download(bucket, sha256);
    },
    has: (sha256) => {
      checkHash(sha256);
      return isComplete(files, sha256);
    },
    list: () => hashesIn(bucket),
    close: () => client.close(),
  };
}

async function writeChunks(chunks: Collection<StoredChunk>, sha256: string, bytes: Buffer) {
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  const places = Array.from({ length: count }, (_, n) => {
    const data = bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES);
    const replacement = { files_id: sha256, n, data };
    return { replaceOne: { filter: { _id: `${sha256}:${n}` }, replacement, upsert: true } };
  });
  if (count > 0) await chunks.bulkWrite(places);
}

async function writeFile(files: Collection<StoredFile>, sha256: string, length: number) {
  const always = { filename: sha256, length, chunkSize: CHUNK_BYTES };
  const once = { uploadDate: new Date() };
  const filter = { _id: sha256 };
  await files.updateOne(filter, { $set: always, $setOnInsert: once }, { upsert: true });
}

async function isComplete(files: Collection<StoredFile>, sha256: string): Promise<boolean> {
  const file = await reachable(files.findOne({ _id: sha256 }, { projection: { _id: 1 } }));
  return file !== null;
}

async function download(bucket: GridFSBucket, sha256: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    // The driver's type knows only its own ids; GridFS itself lets a file have any.
    const id = sha256 as unknown as Parameters<GridFSBucket['openDownloadStream']>[0];
    for await (const part of bucket.openDownloadStream(id)) parts.push(part as Buffer);
  } catch (error) {
    if (error instanceof MongoGridFSChunkError) throw new ImageCorrupt(sha256);
    throw unavailable(error);
  }
  const bytes = Buffer.concat(parts);
  if (sha256Of(bytes) !== sha256) throw new ImageCorrupt(sha256);
  return bytes;
}

async function* hashesIn(bucket: GridFSBucket): AsyncGenerator<string> {
  const found = bucket.find({}, { projection: { _id: 1 } });
  try {
    for await (const { _id } of found as AsyncIterable<Pick<GridFSFile, '_id'>>) {
      if (isHash(String(_id))) yield String(_id);
    }
  } catch (error) {
    throw unavailable(error);
  }
}

/**
 * Two upserts of one document at the same moment may both find nothing and both insert; the server
 * refuses the later one, which finds the document when it asks again.
 */
async function untilUncontended<T>(write: () => Promise<T>): Promise<T> {
  for (let left = 10; ; left -= 1) {
    try {
      return await write();
    } catch (error) {
      const contended = error instanceof MongoServerError && error.code === DUPLICATE_KEY;
      if (!contended || left === 0) throw error;
    }
  }
}

function unavailable(error: unknown): unknown {
  if (!(error instanceof MongoError)) return error;
  return new ImageStoreUnavailable('image database: not available', { cause: error });
}

async function reachable<T>(operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (error) {
    throw unavailable(error);
  }
}
