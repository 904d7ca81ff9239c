import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { MongoClient, type Db, type Document } from 'mongodb';
import {
  bookStatusLabels,
  dossierStatusLabels,
  mandateStatusLabels,
  type BookStatus,
  type CalendarDate,
  type MandateStatus,
} from '#domain';
import { allProjections, type Projection } from '#projections';
import { openMongoReadStore, type Query, type ReadStore, type StoredDoc } from '#read-store';
import { agencySorting } from '../../apps/api/agencies/agencies.dto.ts';
import { bookSorting } from '../../apps/api/books/books.dto.ts';
import { statusFilter } from '../../apps/api/books/book-row.ts';
import { entrySorting, narrowedEntrySorting } from '../../apps/api/books/entries.dto.ts';
import { exportSorting } from '../../apps/api/exports/exports.dto.ts';
import { byTime, inOrder } from '../../apps/api/history/history.dto.ts';
import { latestFirst } from '../../apps/api/copies/copies.dto.ts';
import { newestFirst } from '../../apps/api/proposals/proposals.dto.ts';
import { mandateSorting } from '../../apps/api/mandates/mandates.dto.ts';
import { statusFilter as mandateFilter } from '../../apps/api/mandates/mandate-row.ts';
import { dossierSorting, type DossierFilter } from '../../apps/api/dossiers/dossiers.dto.ts';
import { statusFilter as dossierFilter } from '../../apps/api/dossiers/dossier-row.ts';
import type { Sorting } from '../../apps/api/http/fields/paging.dto.ts';
import { sealSorting, signatureSorting } from '../../apps/api/specimens/specimen-lists.dto.ts';
import { encodeCursor, type SortKey } from '../../libs/read-store/cursor.ts';
import { indexedFields } from '../../libs/read-store/mongodb/collections.ts';
import { filterOf, sortOf, stretchesOf } from '../../libs/read-store/mongodb/filter.ts';
import { planQuery } from '../../libs/read-store/plan.ts';
import { ensureCollection } from '../../libs/read-store/sqlite/collections.ts';
import { COLUMNS } from '../../libs/read-store/sqlite/documents.ts';
import { createFind } from '../../libs/read-store/sqlite/find.ts';
import { whileStillAsked } from '../../libs/read-store/sqlite/still-asked.ts';
import { createStatements } from '../../libs/read-store/sqlite/statements.ts';

/** Each way a list of the API can be asked and sorted, and that an index answers each of them. */
interface List {
  readonly of: string;
  readonly filter: NonNullable<Query['filter']>;
  readonly sorting: Sorting;
}

const agency = 'BK-001';
const bookId = 'SCTDT.BS-2024-1';
const today = '2024-05-10' as CalendarDate;
const statuses = [undefined, ...(Object.keys(bookStatusLabels) as BookStatus[])];
const mandateStatuses = [undefined, ...(Object.keys(mandateStatusLabels) as MandateStatus[])];
const dossierStatuses = [undefined, 'open', ...Object.keys(dossierStatusLabels)] as (
  DossierFilter | undefined
)[];
const noon = new Date(`${today}T12:00:00+07:00`);
const period = { occurredAt: { gte: '2024-05-10', lt: '2024-05-11' } };

const filters: Readonly<Record<string, readonly List['filter'][]>> = {
  books: statuses
    .map((status) => ({ agency, ...statusFilter(status, today) }))
    .flatMap((filter) => [filter, { ...filter, year: 2024 }, { ...filter, type: 'SCT.BS' }]),
  pictures: [{ agency }, { agency, state: 'in-use' }],
  pens: [{ agency }, { agency, account: 'an' }, { agency, state: 'in-use', account: 'an' }],
  mandates: mandateStatuses.map((status) => ({ agency, ...mandateFilter(status, today) })),
  dossiers: dossierStatuses.map((status) => ({ agency, ...dossierFilter(status, noon) })),
  agencies: [{}, { level: 'commune' }, { state: 'active' }, { level: 'commune', state: 'active' }],
  happened: [
    { agency },
    { agency, account: 'an' },
    { agency, type: 'BookClosed' },
    { agency, entry: 7 },
    { agency, entry: 7, type: 'EntryCorrected', ...period },
    { agency, subject: bookId },
    { agency, entryKey: `${bookId}/7` },
    { agency, correlationId: 'c' },
    { agency, causationId: 'c' },
    { agency, type: 'BookClosed', order: { gte: '2024-05-10T1' } },
  ],
  inPeriod: [
    { agency, ...period },
    { agency, account: 'an', ...period },
    { agency, type: 'BookClosed', ...period },
  ],
  proposed: [{}, { state: 'waiting' }, { bookId }, { bookId, state: 'waiting' }].map((asked) => ({
    agency,
    ...asked,
  })),
  narrowed: [
    { agency, bookId, state: 'voided' },
    { agency, bookId, dossier: 'H03-1' },
    { agency, bookId, dossier: 'H03-1', state: 'voided' },
  ],
};

const listsOf = (of: string, sorting: Sorting, asked: readonly List['filter'][] = []): List[] =>
  asked.map((filter) => ({ of, filter, sorting }));

const lists: readonly List[] = [
  ...listsOf('book_list', bookSorting, filters['books']),
  ...listsOf('register_entries', entrySorting, [{ agency, bookId }]),
  ...listsOf('register_entries', narrowedEntrySorting, filters['narrowed']),
  ...listsOf('audit_history', inOrder, filters['happened']),
  ...listsOf('audit_history', byTime, filters['inPeriod']),
  ...listsOf('proposals', newestFirst, filters['proposed']),
  ...listsOf('copy_list', latestFirst, filters['proposed']),
  ...listsOf('signature_list', signatureSorting, filters['pens']),
  ...listsOf('seal_list', sealSorting, filters['pictures']),
  ...listsOf('mandate_list', mandateSorting, filters['mandates']),
  ...listsOf('dossiers', dossierSorting, filters['dossiers']),
  ...listsOf('export_list', exportSorting, [{ agency }, { agency, year: 2024 }]),
  ...listsOf('agency_list', agencySorting, filters['agencies']),
];

/** A page to be read: the list, its filter, one of its sorts, one direction. */
interface Asked extends Pick<List, 'of' | 'filter'> {
  readonly field: string;
  readonly descending: boolean;
}

const asked: readonly Asked[] = lists.flatMap(({ of, filter, sorting }) =>
  Object.values(sorting.columns).flatMap((field) =>
    [false, true].map((descending) => ({ of, filter, field, descending })),
  ),
);

const nameOf = ({ of, filter, field, descending }: Asked): string =>
  `${of} ${JSON.stringify(filter)} by ${descending ? '-' : ''}${field}`;

const named = asked.map((one) => [nameOf(one), one] as const);

const queryOf = ({ filter, field, descending }: Asked): Query => ({
  filter,
  sort: [{ field, descending }],
  limit: 10,
});

function modelOf({ of }: Pick<List, 'of'>) {
  const model = allProjections.find(({ name }) => name === of);
  if (!model) throw new Error(`no read model ${of}`);
  return model;
}

/** Documents for the list, some that are not in it among them. */
const docsFor = ({ filter, field }: Asked) =>
  Array.from({ length: 200 }, (_doc, n) => {
    const equal = Object.entries(filter).filter(([, one]) => typeof one !== 'object');
    const facts = {
      agency,
      subject: 's',
      account: 'a',
      level: 'province',
      ...Object.fromEntries(equal),
    };
    const others = { state: 'open', occurredAt: '2024-05-10T08', closesOn: '2024-05-10', ...facts };
    const doc = { ...others, ...(n % 4 === 0 && { agency: 'BK-002' }), [field]: `2024-05-10T${n}` };
    return { id: `d${n}`, position: '1', doc };
  });

describe('a list', () => {
  it.each(named)('has an index that ends in what it is sorted by: %s', (_, one) => {
    const fitting = modelOf(one).indexes.filter(
      (fields) =>
        fields.at(-1) === one.field && fields.slice(0, -1).every((field) => field in one.filter),
    );
    expect(fitting).not.toEqual([]);
  });

  it('is of one agency by the first field of every index, but for the list of agencies', () => {
    const others = allProjections
      .filter(({ name }) => name !== 'agency_list')
      .flatMap(({ name, indexes }) => indexes.map(([first]) => `${name} ${first}`))
      .filter((one) => !one.endsWith(' agency'));
    // An operator asks for every paused register; whoever holds a copy does not know whose it is;
    // who sends webhooks sends those of every agency.
    const ofAll = [
      ...['numbering paused', 'export_list sha256', 'verifications codeHash'],
      'webhook_list state',
      'copy_files sha256',
    ];
    expect(others).toEqual(ofAll);
  });
});

describe('a list on SQLite', () => {
  const db = new Database(':memory:');
  beforeAll(() => {
    whileStillAsked(db, () => undefined);
    allProjections.forEach((model) => ensureCollection(db, model));
  });
  afterAll(() => {
    db.close();
  });

  /** How each statement that reads documents is carried out. */
  function plansOf(model: Projection, query: Query): readonly string[] {
    const seen: string[] = [];
    const statements = createStatements(db);
    const find = createFind(db, (text) => {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${text}`);
      const parameters = Array<null>(text.split('?').length - 1).fill(null);
      const steps = plan.all(...parameters) as readonly { readonly detail: string }[];
      if (text.startsWith(`SELECT ${COLUMNS}`)) seen.push(...steps.map(({ detail }) => detail));
      return statements(text);
    });
    find(model, query);
    return seen;
  }

  it.each(named)('is read from an index, and never sorted: %s', (_, one) => {
    const model = modelOf(one);
    const query = queryOf(one);
    const { doc } = docsFor(one)[1] as StoredDoc;
    const after = encodeCursor(query.sort as SortKey[], { id: 'd1', position: '1', doc });
    const first = plansOf(model, query);
    const next = plansOf(model, { ...query, after });
    const index = new RegExp(`^(SEARCH|SCAN) doc_${model.name} USING INDEX .*\\b${one.field}\\b`);
    for (const step of [...first, ...next]) expect(step).toMatch(index);
    expect(first).toHaveLength(1);
    expect(next).toHaveLength(one.descending ? 3 : 2);
  });

  it('of a dossier reads the lines of its numbers alone, and sorts those', () => {
    const filter = { agency, entryKey: { in: [`${bookId}/7`, `${bookId}/9`] } };
    const query = { filter, sort: [{ field: 'order' }], limit: 10 };
    const model = modelOf({ of: 'audit_history' });
    const after = encodeCursor([{ field: 'order', descending: false }], {
      id: 'd1',
      position: '1',
      doc: { order: '1' },
    });
    for (const asked of [query, { ...query, after }]) {
      const reads = plansOf(model, asked).filter((step) => step.includes('doc_audit_history'));
      expect(new Set(reads)).toEqual(
        new Set([
          'SEARCH doc_audit_history USING INDEX doc_audit_history(agency,entryKey,order) (<expr>=? AND <expr>=?)',
        ]),
      );
    }
  });

  it('goes on behind a place without reading what comes before it', () => {
    const place = { id: 'x', position: '1', doc: { number: 5 } };
    const query = { filter: { agency, bookId }, limit: 1 };
    const sort = [{ field: 'number', descending: true }];
    const after = encodeCursor(sort, place);
    const steps = plansOf(modelOf({ of: 'register_entries' }), { ...query, sort, after });
    expect(steps.map((step) => step.replace(/^.*INDEX \S+ /, ''))).toEqual([
      '(<expr>=? AND <expr>=? AND <expr>=? AND id<?)',
      '(<expr>=? AND <expr>=? AND <expr><?)',
      '(<expr>=? AND <expr>=? AND <expr>=?)',
    ]);
  });
});

/** The fields a filter of MongoDB demands one value of, and those it bounds. */
function fieldsOf(filter: Document): { readonly equal: string[]; readonly bounded: string[] } {
  const parts = (filter['$and'] ?? [filter]) as readonly Document[];
  const inner = parts.flatMap((part) => ('$and' in part ? (part['$and'] as Document[]) : [part]));
  const conditions = inner.flatMap((part) => Object.entries(part));
  const isEqual = (condition: unknown): boolean => Object.hasOwn(condition as object, '$eq');
  const named = (equal: boolean): string[] =>
    conditions.filter(([, one]) => isEqual(one) === equal).map(([field]) => field);
  return { equal: named(true), bounded: named(false) };
}

/**
 * What MongoDB needs to read a page off an index in its order: the index begins with fields of which
 * one value each is asked, goes on with the sort's own, in their order and all in one direction, and
 * so needs no sorting; where the page begins is a bound on one of these.
 */
describe('a list on MongoDB, as it is asked', () => {
  it.each(named)('has the index it needs: %s', (_, one) => {
    const { doc } = docsFor(one)[1] as StoredDoc;
    const query = queryOf(one);
    const after = encodeCursor(query.sort as SortKey[], { id: 'd1', position: '1', doc });
    const plan = planQuery({ ...query, after });
    const sort = sortOf(plan.sort) as [string, number][];
    const [keys, directions] = [sort.map(([field]) => field), sort.map(([, way]) => way)];
    expect(new Set(directions).size).toBe(1);
    for (const stretch of [undefined, ...stretchesOf(plan)]) {
      const { equal, bounded } = fieldsOf(filterOf(plan, stretch));
      const fitting = indexedFields(modelOf(one)).filter((fields) => {
        const start = fields.length - keys.length;
        return (
          fields.slice(start).join() === keys.join() &&
          fields.slice(0, start).every((field) => equal.includes(field))
        );
      });
      expect(fitting).not.toEqual([]);
      if (stretch) expect([...equal, ...bounded].some((field) => keys.includes(field))).toBe(true);
    }
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

    it.each(named)('is read from an index, and not sorted: %s', async (_, one) => {
      const model = { ...modelOf(one), name: `${one.of}_asked` };
      await store.ensure(model);
      await store.put(model, docsFor(one));
      const plan = planQuery(queryOf(one));
      const found = db.collection(model.name).find(filterOf(plan) as Document);
      const explained = await found.sort(sortOf(plan.sort)).limit(11).explain('queryPlanner');
      await store.drop(model);
      const { winningPlan } = explained['queryPlanner'] as { winningPlan: Document };
      const stages = stagesOf(winningPlan);
      expect(stages).toContainEqual(expect.stringContaining(`_${one.field}_1__id_1`));
      expect(stages.filter((stage) => /^(SORT|COLLSCAN)/.test(stage))).toEqual([]);
    });
  });
} else {
  describe('lists on MongoDB: skipped, MONGODB_URL names no server that explains its plans', () => {
    it.skip('are read from their index, and not sorted', () => undefined);
  });
}
