import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { MongoClient } from 'mongodb';
import {
  CollectionExists,
  openMongoReadStore,
  openReadStore,
  openSqliteReadStore,
  ReadStoreUnavailable,
} from '#read-store';
import type { CollectionSpec } from '#read-store';
import { startRelay } from '../support/relay.ts';
import { describeReadStoreContract } from './read-store.contract.ts';

const spec: CollectionSpec = { name: 'books', indexes: [['agency', 'n']], searchable: [] };

// ── SQLite ──────────────────────────────────────────────────────────────────────────────────────

const temporary = () => mkdtemp(join(tmpdir(), 'read-store-'));

describeReadStoreContract('SQLite', async () => {
  const folder = await temporary();
  const path = join(folder, 'read.db');
  return {
    store: openSqliteReadStore(path),
    reopen: () => Promise.resolve(openSqliteReadStore(path)),
    hurried: () => Promise.resolve(openSqliteReadStore(path, { longestReadMs: 1 })),
    dispose: () => rm(folder, { recursive: true }),
  };
});

describe('read store: SQLite, beyond the contract', () => {
  let folder: string;
  let path: string;
  beforeAll(async () => {
    folder = await temporary();
    path = join(folder, 'read.db');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is unavailable while another process keeps the file, and mends afterwards', async () => {
    const store = openSqliteReadStore(path, { busyTimeoutMs: 20 });
    await store.ensure(spec);
    const blocking = new Database(path);
    blocking.exec('BEGIN IMMEDIATE');
    const doc = { id: 'a', position: '1', doc: {} };
    await expect(store.put(spec, [doc])).rejects.toBeInstanceOf(ReadStoreUnavailable);
    await expect(store.writeRecord('r', {}, 0)).rejects.toBeInstanceOf(ReadStoreUnavailable);
    await expect(store.ensure({ ...spec, name: 'other' })).rejects.toBeInstanceOf(
      ReadStoreUnavailable,
    );
    // What is there already needs no lock, and readers never wait for a writer.
    await store.ensure(spec);
    expect(await store.get(spec, 'a')).toBeUndefined();
    blocking.exec('ROLLBACK');
    blocking.close();
    await store.put(spec, [doc]);
    expect(await store.get(spec, 'a')).toEqual(doc);
    await store.close();
  });

  it('writes a batch in one transaction, and none of it when one document is refused', async () => {
    const store = openSqliteReadStore(path);
    await store.ensure({ ...spec, name: 'whole' });
    const watching = new Database(path, { readonly: true });
    const commits = () => Number(watching.pragma('data_version', { simple: true }));
    const before = commits();
    const docs = Array.from({ length: 100 }, (_, n) => ({ id: `${n}`, position: '1', doc: { n } }));
    await store.put({ ...spec, name: 'whole' }, docs);
    expect(commits() - before).toBe(1);
    const bad = [
      { id: 'x', position: '1', doc: {} },
      { id: 'y', position: '1', doc: { $y: 1 } },
    ];
    await expect(store.put({ ...spec, name: 'whole' }, bad)).rejects.toThrow(TypeError);
    expect(await store.get({ ...spec, name: 'whole' }, 'x')).toBeUndefined();
    watching.close();
    await store.close();
  });

  it('answers a filter with its sort from the declared index', async () => {
    const store = openSqliteReadStore(path);
    await store.ensure(spec);
    await store.close();
    const raw = new Database(path, { readonly: true });
    const plan = raw
      .prepare(
        `EXPLAIN QUERY PLAN SELECT id, position, doc FROM doc_books
         WHERE (json_extract(doc, '$.agency') = ?)
         ORDER BY json_extract(doc, '$.n'), id LIMIT ? OFFSET ?`,
      )
      .all('x', 11, 0) as { detail: string }[];
    raw.close();
    // The index ends in the id: nothing is left to be sorted.
    expect(plan.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH doc_books USING INDEX doc_books\(agency,n\)/),
    ]);
  });

  it('shows nothing of a collection whose filling was killed, and takes the name again', async () => {
    const loader = ['--conditions=source', '--import', './test/support/run-ts.mjs'];
    const script = 'test/support/load-forever.ts';
    const child = spawn(process.execPath, [...loader, script, path, 'killed'], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const store = openSqliteReadStore(path);
    const killed = { name: 'killed', indexes: [], searchable: [] };
    expect(await store.get(killed, '0')).toBeUndefined();
    expect(await store.collections()).toContain('killed');
    await expect(store.load(killed)).rejects.toBeInstanceOf(CollectionExists);
    await store.drop(killed);
    expect(await store.collections()).not.toContain('killed');
    const load = await store.load(killed);
    await load.write([{ id: 'a', position: '1', doc: { n: 1 } }]);
    await load.finish();
    expect((await store.find(killed, { limit: 9 })).total).toBe(1);
    await store.close();
  }, 30_000);

  it('gives the space of a loaded collection back when it is dropped', async () => {
    const store = openSqliteReadStore(path);
    const files = () => readdirSync(folder).filter((file) => file.includes('.spacious.'));
    const load = await store.load({ ...spec, name: 'spacious' });
    expect(files()).toEqual(['read.spacious.loading', 'read.spacious.loading-journal']);
    await load.write([{ id: 'a', position: '1', doc: { n: 1 } }]);
    await load.finish();
    await store.put({ ...spec, name: 'spacious' }, [{ id: 'b', position: '2', doc: { n: 2 } }]);
    expect(files()).toContain('read.spacious.db');
    await store.drop({ name: 'spacious' });
    expect(files()).toEqual([]);
    await store.close();
  });

  it('cannot be opened where there is no folder, nor when it is newer or no database', () => {
    const missing = join(folder, 'missing', 'read.db');
    expect(() => openSqliteReadStore(missing)).toThrow(ReadStoreUnavailable);
    const newer = join(folder, 'newer.db');
    const db = new Database(newer);
    db.pragma('user_version = 99');
    db.close();
    expect(() => openSqliteReadStore(newer)).toThrow(/newer version/);
    const other = join(folder, 'other.db');
    writeFileSync(other, 'not a database, '.repeat(100));
    expect(() => openSqliteReadStore(other)).toThrow(ReadStoreUnavailable);
  });

  it('is what the configuration gets when it names no server, in a folder made for it', async () => {
    const DATA_DIR = join(folder, 'data', 'deep');
    const config = { DATA_DIR, MONGODB_URL: undefined, MONGODB_DATABASE: 'unused' };
    const store = await openReadStore(config);
    await store.writeRecord('a', {}, 0);
    await store.close();
    const raw = new Database(join(DATA_DIR, 'read.db'), { readonly: true });
    expect(raw.prepare('SELECT count(*) FROM control').pluck().get()).toBe(1);
    raw.close();
  });
});

// ── MongoDB ─────────────────────────────────────────────────────────────────────────────────────

describe('read store: MongoDB, without a server', () => {
  it('is unavailable where nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const url = `mongodb://127.0.0.1:${port}/`;
    const options = { connectTimeoutMs: 200 };
    await expect(openMongoReadStore(url, 'x', options)).rejects.toBeInstanceOf(
      ReadStoreUnavailable,
    );
  });
});

const url = process.env['MONGODB_URL'] ?? '';
/** A single server without TLS can be reached through a relay, which can cut connections. */
const direct = /^(mongodb:\/\/(?:[^@/]*@)?)([^:/?,]+):(\d+)(\/.*)?$/.exec(url);

async function openDatabase() {
  const database = `read_store_${randomBytes(6).toString('hex')}`;
  return {
    database,
    store: await openMongoReadStore(url, database),
    reopen: () => openMongoReadStore(url, database),
    hurried: () => openMongoReadStore(url, database, { lazily: true, longestReadMs: 1 }),
    dispose: async () => {
      const client = await MongoClient.connect(url);
      await client.db(database).dropDatabase();
      await client.close();
    },
  };
}

if (url === '') {
  describe('MongoDB: skipped, MONGODB_URL is not set', () => {
    it.skip('keeps the read store contract', () => undefined);
    it.skip('is unavailable while the connection is cut', () => undefined);
  });
} else {
  describeReadStoreContract('MongoDB', openDatabase);

  describe('read store: MongoDB, beyond the contract', () => {
    it('has the declared indexes, each ending in the id', async () => {
      const opened = await openDatabase();
      await opened.store.ensure(spec);
      const client = await MongoClient.connect(url);
      const indexes = await client.db(opened.database).collection('books').indexes();
      expect(indexes.map(({ key }) => key as unknown)).toEqual([
        { _id: 1 },
        { agency: 1, n: 1, _id: 1 },
      ]);
      await client.close();
      await opened.store.close();
      await opened.dispose();
    });

    it('passes over collections of others in the same database', async () => {
      const opened = await openDatabase();
      const client = await MongoClient.connect(url);
      await client.db(opened.database).createCollection('images.files');
      await opened.store.ensure(spec);
      expect(await opened.store.collections()).toEqual(['books']);
      await client.close();
      await opened.store.close();
      await opened.dispose();
    });
  });
}

if (direct) {
  const [, scheme = '', host = '', port = '', rest = '/'] = direct;
  describe('read store: MongoDB, over a connection that is cut', () => {
    it('is unavailable, and mends when it is back', async () => {
      const opened = await openDatabase();
      const relay = await startRelay(Number(port), { host });
      const query = rest.includes('?') ? '&' : '?';
      const relayed = `${scheme}127.0.0.1:${relay.port}${rest}${query}directConnection=true`;
      const store = await openMongoReadStore(relayed, opened.database, { connectTimeoutMs: 2000 });
      await store.ensure(spec);
      const doc = { id: 'a', position: '1', doc: { n: 1 } };
      await store.put(spec, [doc]);
      await relay.stop();
      await expect(store.put(spec, [doc])).rejects.toBeInstanceOf(ReadStoreUnavailable);
      await expect(store.get(spec, 'a')).rejects.toBeInstanceOf(ReadStoreUnavailable);
      await expect(store.scan(spec)[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(
        ReadStoreUnavailable,
      );
      await expect(store.ping()).rejects.toBeInstanceOf(ReadStoreUnavailable);
      await store.close();
      expect(await opened.store.get(spec, 'a')).toEqual(doc);
      await opened.store.close();
      await opened.dispose();
    });
  });
} else if (url !== '') {
  describe('MongoDB: cutting connections needs mongodb://host:port', () => {
    it.skip('is unavailable while the connection is cut', () => undefined);
  });
}
