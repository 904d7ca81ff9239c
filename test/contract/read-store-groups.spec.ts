import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient, type Db } from 'mongodb';
import { openMongoReadStore, type CollectionSpec, type ReadStore } from '#read-store';
import { changesOf, counting } from '../../libs/read-store/mongodb/groups.ts';
import { collectionOf, toStored } from '../../libs/read-store/mongodb/stored.ts';

const url = process.env['MONGODB_URL'] ?? '';
const spec: CollectionSpec = {
  ...{ name: 'papers', indexes: [['agency']], searchable: [] },
  counted: [['agency']],
};
const paper = (n: number) => ({ id: `p-${n}`, position: String(n), doc: { agency: 'x', n } });

(url === '' ? describe.skip : describe)('documents counted by group on MongoDB', () => {
  const database = `groups_${randomBytes(6).toString('hex')}`;
  let client: MongoClient;
  let db: Db;
  let store: ReadStore;

  beforeAll(async () => {
    client = await MongoClient.connect(url);
    db = client.db(database);
    store = await openMongoReadStore(url, database);
    await store.ensure(spec);
  });
  afterAll(async () => {
    await store.close();
    await db.dropDatabase();
    await client.close();
  });

  const total = async (): Promise<number> =>
    (await store.find(spec, { filter: { agency: 'x' }, limit: 1 })).total;
  const there = (): Promise<number> => collectionOf(db, spec).countDocuments({ agency: 'x' });

  /** Writes one document the way a projector does; what another does in between is given. */
  function write(n: number, { before, behind }: Partial<Record<'before' | 'behind', Step>> = {}) {
    const stored = toStored(spec, paper(n));
    const changes = changesOf(spec, { pairs: [[undefined, stored]] });
    return counting(db, spec, changes, async () => {
      await before?.();
      await collectionOf(db, spec).insertOne(stored);
      await behind?.();
      return true;
    });
  }

  it('are counted whoever of two who write at once is done first', async () => {
    await store.put(spec, [paper(1)]);
    await write(2, { before: () => store.put(spec, [paper(3)]) });
    expect([await total(), await there()]).toEqual([3, 3]);
    await write(4, { behind: () => store.put(spec, [paper(5)]) });
    expect([await total(), await there()]).toEqual([5, 5]);
    await store.put(spec, [paper(6)]);
    expect([await total(), await there()]).toEqual([6, 6]);
  });

  it('are counted where one of them ends between his document and its being counted', async () => {
    const before = await total();
    const ended = write(20, {
      before: () => store.put(spec, [paper(21)]),
      behind: () => Promise.reject(new Error('ended')),
    });
    await expect(ended).rejects.toThrow('ended');
    expect([await total(), await there()]).toEqual([before + 2, before + 2]);
    await store.put(spec, [paper(22)]);
    // Whoever goes on where he ended writes the same again.
    await store.put(spec, [paper(20)]);
    expect([await total(), await there()]).toEqual([before + 3, before + 3]);
  });

  it('are counted through any number who write at once', async () => {
    const before = await total();
    const many = Array.from({ length: 40 }, (_, n) => paper(100 + n));
    await Promise.all(many.map((one) => store.put(spec, [one])));
    expect([await total(), await there()]).toEqual([before + 40, before + 40]);
  });
});

type Step = () => Promise<void>;
