import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import type { Binary } from 'mongodb';
import {
  ImageStoreUnavailable,
  openDiskImageStore,
  openGridFsImageStore,
  openImageStore,
  sha256Of,
} from '#image-store';
import { describeImageStoreContract } from './image-store.contract.ts';

const bytes = Buffer.from('an image');
const sha256 = sha256Of(bytes);

const temporary = () => mkdtemp(join(tmpdir(), 'image-store-'));

// ── Disk ────────────────────────────────────────────────────────────────────────────────────────

const pathIn = (folder: string, hash: string) =>
  join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);

describeImageStoreContract('Disk', async () => {
  const folder = await temporary();
  const images = join(folder, 'images');
  return {
    store: openDiskImageStore(images),
    reopen: () => Promise.resolve(openDiskImageStore(images)),
    leaveHalfWritten: async (hash, whole) => {
      const unfinished = `.${hash}.${randomUUID()}.tmp`;
      await mkdir(dirname(pathIn(images, hash)), { recursive: true });
      await writeFile(
        join(dirname(pathIn(images, hash)), unfinished),
        whole.subarray(0, whole.length / 2),
      );
    },
    damage: async (hash) => {
      const stored = await readFile(pathIn(images, hash));
      stored[0] = (stored[0] ?? 0) ^ 1;
      await writeFile(pathIn(images, hash), stored);
    },
    cutShort: (hash) => truncate(pathIn(images, hash), 1000),
    dispose: () => rm(folder, { recursive: true }),
  };
});

describe('Disk', () => {
  it('keeps an original as the file ab/cd/abcd… and leaves no temporary file', async () => {
    const folder = await temporary();
    await openDiskImageStore(folder).put(sha256, bytes);
    expect((await readFile(pathIn(folder, sha256))).equals(bytes)).toBe(true);
    expect(await readdir(dirname(pathIn(folder, sha256)))).toEqual([sha256]);
    await rm(folder, { recursive: true });
  });

  it('lists nothing where nothing was ever put', async () => {
    const folder = await temporary();
    const hashes: string[] = [];
    for await (const hash of openDiskImageStore(join(folder, 'none')).list()) hashes.push(hash);
    expect(hashes).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it('is unavailable when the folder cannot be written', async () => {
    const folder = await temporary();
    await writeFile(join(folder, 'file'), 'in the way');
    const store = openDiskImageStore(join(folder, 'file'));
    await expect(store.put(sha256, bytes)).rejects.toThrow(ImageStoreUnavailable);
    await expect(store.get(sha256)).rejects.toThrow(ImageStoreUnavailable);
    await rm(folder, { recursive: true });
  });

  it('is what is opened when no MongoDB is configured, in DATA_DIR/images', async () => {
    const folder = await temporary();
    const store = await openImageStore({ DATA_DIR: folder, MONGODB_DATABASE: 'unused' });
    await store.put(sha256, bytes);
    expect((await readFile(pathIn(join(folder, 'images'), sha256))).equals(bytes)).toBe(true);
    await rm(folder, { recursive: true });
  });
});

// ── GridFS ──────────────────────────────────────────────────────────────────────────────────────

interface Chunk {
  readonly _id: string;
  readonly files_id: string;
  readonly n: number;
  readonly data: Buffer | Binary;
}

const mongodbUrl = process.env['MONGODB_URL'];

function describeGridFs(url: string): void {
  describeImageStoreContract('GridFS', async () => {
    const database = `images_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
    const client = new MongoClient(url);
    const chunks = client.db(database).collection<Chunk>('images.chunks');
    return {
      store: await openGridFsImageStore(url, database),
      reopen: () => openGridFsImageStore(url, database),
      leaveHalfWritten: async (hash, whole) => {
        const data = whole.subarray(0, 255 * 1024);
        await chunks.insertOne({ _id: `${hash}:0`, files_id: hash, n: 0, data });
      },
      damage: async (hash) => {
        const chunk = await chunks.findOne({ files_id: hash, n: 0 });
        const data = Buffer.from((chunk?.data as Binary).buffer);
        data[0] = (data[0] ?? 0) ^ 1;
        await chunks.updateOne({ files_id: hash, n: 0 }, { $set: { data } });
      },
      cutShort: async (hash) => {
        const [last] = await chunks.find({ files_id: hash }).sort({ n: -1 }).limit(1).toArray();
        if (last) await chunks.deleteOne({ _id: last._id });
      },
      dispose: async () => {
        await client.db(database).dropDatabase();
        await client.close();
      },
    };
  });

  describe('GridFS', () => {
    it('is what is opened when MongoDB is configured', async () => {
      const database = `images_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
      const settings = { DATA_DIR: 'unused', MONGODB_URL: url, MONGODB_DATABASE: database };
      const store = await openImageStore(settings);
      await store.put(sha256, bytes);
      await store.close();
      const client = new MongoClient(url);
      const file = await client.db(database).collection('images.files').findOne({});
      expect(file).toMatchObject({ _id: sha256, length: bytes.length, filename: sha256 });
      await client.db(database).dropDatabase();
      await client.close();
    });
  });
}

if (mongodbUrl) {
  describeGridFs(mongodbUrl);
} else {
  describe.skip('GridFS: skipped, MONGODB_URL is not set', () => {
    it('keeps the promises of an image store', () => undefined);
  });
}

describe('GridFS without a server', () => {
  it('is unavailable when nothing answers', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const url = `mongodb://127.0.0.1:${port}/`;
    await expect(openGridFsImageStore(url, 'images')).rejects.toThrow(ImageStoreUnavailable);
  }, 20_000);
});
