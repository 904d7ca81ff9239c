import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MongoClient, type Db, type Document } from 'mongodb';
import { allProjections } from '#projections';
import { openMongoReadStore, type Query, type ReadStore } from '#read-store';
import { filterOf, sortOf } from '../../libs/read-store/mongodb/filter.ts';
import { planQuery } from '../../libs/read-store/plan.ts';

/**
 * What the API's lists ask for as they are opened, and that an index answers each: what has to be
 * equal first, then what it is sorted by. On a MongoDB that can say so, that it chooses that one.
 */
interface List {
  readonly of: string;
  readonly equal: Readonly<Record<string, string | number | boolean>>;
  readonly sort: string;
  readonly within?: Query['filter'];
}

const agency = 'BK-001';
const bookId = 'SCTDT.BS-2024-1';

const lists: readonly List[] = [
  { of: 'book_list', equal: { agency }, sort: 'nameOrder', within: { state: { ne: 'discarded' } } },
  { of: 'book_list', equal: { agency }, sort: 'firstNumber' },
  { of: 'book_list', equal: { agency }, sort: 'openedOn' },
  { of: 'book_list', equal: { agency }, sort: 'closesOn' },
  { of: 'register_entries', equal: { agency, bookId }, sort: 'number' },
  { of: 'register_entries', equal: { agency, bookId, dossier: 'H03-1' }, sort: 'number' },
  { of: 'audit_history', equal: { agency, subject: bookId }, sort: 'order' },
  { of: 'audit_history', equal: { agency, subject: bookId, entry: 7 }, sort: 'order' },
  {
    of: 'audit_history',
    equal: { agency },
    sort: 'occurredAt',
    within: { occurredAt: { gte: '2024-05-10', lt: '2024-05-11' } },
  },
  { of: 'audit_history', equal: { agency, account: 'binh' }, sort: 'occurredAt' },
  { of: 'signature_list', equal: { agency }, sort: 'name' },
  { of: 'signature_list', equal: { agency, account: 'an' }, sort: 'name' },
  { of: 'seal_list', equal: { agency }, sort: 'name' },
  { of: 'agency_list', equal: {}, sort: 'code' },
  { of: 'agency_list', equal: { level: 'commune' }, sort: 'code' },
];

const nameOf = ({ of, equal, sort }: List) =>
  `${of} by ${[...Object.keys(equal), sort].join(', ')}`;

function modelOf({ of }: List) {
  const model = allProjections.find(({ name }) => name === of);
  if (!model) throw new Error(`no read model ${of}`);
  return model;
}

/** The index that answers the list without sorting; undefined where there is none. */
function indexFor(list: List): readonly string[] | undefined {
  const equal = Object.keys(list.equal).sort();
  return modelOf(list).indexes.find((fields) => {
    const first = fields.slice(0, equal.length);
    return fields[equal.length] === list.sort && String([...first].sort()) === String(equal);
  });
}

describe('a list', () => {
  it.each(lists.map((list) => [nameOf(list), list] as const))('has an index: %s', (_, list) => {
    expect(indexFor(list)).toBeDefined();
  });

  it('is of one agency by the first field of every index, but for the list of agencies', () => {
    const others = allProjections
      .filter(({ name }) => name !== 'agency_list')
      .flatMap(({ name, indexes }) => indexes.map(([first]) => `${name} ${first}`))
      .filter((one) => !one.endsWith(' agency'));
    // An operator asks for every paused register.
    expect(others).toEqual(['numbering paused']);
  });
});

const url = process.env['MONGODB_URL'] ?? '';

async function explains(address: string): Promise<boolean> {
  if (address === '') return false;
  const client = await MongoClient.connect(address);
  try {
    await client.db('explained').collection('none').find().explain('queryPlanner');
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}

/** Every stage of a plan, with the index it goes through. */
function stagesOf(plan: Document): string[] {
  const { stage, indexName } = plan as { stage?: string; indexName?: string };
  const below = Object.values(plan).filter(
    (value): value is Document => value !== null && typeof value === 'object',
  );
  const own =
    stage === undefined ? [] : [indexName === undefined ? stage : `${stage} ${indexName}`];
  return [...own, ...below.flatMap(stagesOf)];
}

if (await explains(url)) {
  describe('a list on MongoDB', () => {
    const database = `explain_${randomBytes(6).toString('hex')}`;
    let store: ReadStore;
    let client: MongoClient;
    let db: Db;
    beforeAll(async () => {
      store = await openMongoReadStore(url, database);
      client = await MongoClient.connect(url);
      db = client.db(database);
      for (const model of allProjections) await store.ensure(model);
    });
    afterAll(async () => {
      await db.dropDatabase();
      await Promise.all([client.close(), store.close()]);
    });

    const both = lists.flatMap((list) => [true, false].map((descending) => ({ list, descending })));
    it.each(both.map((one) => [`${nameOf(one.list)}, descending ${one.descending}`, one] as const))(
      'is read from that index, and not sorted: %s',
      async (_, { list, descending }) => {
        const docs = Array.from({ length: 200 }, (_doc, n) => ({
          id: `d${n}`,
          position: '1',
          doc: {
            ...list.equal,
            ...(n % 4 === 0 && { agency: 'BK-002' }),
            [list.sort]: `2024-05-10T${n}`,
          },
        }));
        const model = { ...modelOf(list), name: `${list.of}_${both.length}` };
        await store.ensure(model);
        await store.put(model, docs);
        const sort = [{ field: list.sort, descending }];
        const plan = planQuery({ filter: { ...list.equal, ...list.within }, sort, limit: 10 });
        const found = db.collection(model.name).find(filterOf(plan) as Document);
        const explained = await found.sort(sortOf(plan.sort)).limit(11).explain('queryPlanner');
        await store.drop(model);
        const { winningPlan } = explained['queryPlanner'] as { winningPlan: Document };
        const stages = stagesOf(winningPlan);
        const index = [...(indexFor(list) ?? []), '_id'].map((field) => `${field}_1`).join('_');
        expect(stages).toContain(`IXSCAN ${index}`);
        expect(stages.filter((stage) => /^(SORT|COLLSCAN)/.test(stage))).toEqual([]);
      },
    );
  });
} else {
  describe('lists on MongoDB: skipped, MONGODB_URL names no server that explains its plans', () => {
    it.skip('are read from their index, and not sorted', () => undefined);
  });
}
