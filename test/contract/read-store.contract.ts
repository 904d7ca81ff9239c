import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CollectionDropped,
  CollectionExists,
  Fenced,
  InvalidCursor,
  ReadStoreUnavailable,
} from '#read-store';
import type {
  CollectionSpec,
  Condition,
  Doc,
  DocValue,
  Fence,
  Page,
  Query,
  ReadStore,
  Scalar,
  StoredDoc,
} from '#read-store';
import { removeDocument } from '../support/remove-document.ts';

export interface OpenedReadStore {
  readonly store: ReadStore;
  /** Another store on the same data, as another process would open it; closed by the suite. */
  reopen(): Promise<ReadStore>;
  dispose(): Promise<void>;
}

/** Longest time one sentence may take on a shared server. */
const TIMEOUT_MS = 60_000;

/** Each sentence keeps to a collection of its own. */
function newSpec(rest: Partial<CollectionSpec> = {}): CollectionSpec {
  const name = `contract_${randomBytes(6).toString('hex')}`;
  return { name, indexes: [], searchable: [], ...rest };
}

/** Positions as text that sorts as the numbers do. */
const at = (position: number): string => String(position).padStart(8, '0');
const stored = (id: string, doc: Doc, position = 1): StoredDoc => ({
  id,
  position: at(position),
  doc,
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const idsOf = (docs: readonly StoredDoc[]): string[] => docs.map(({ id }) => id);
const sorted = (texts: readonly string[]): string[] => [...texts].sort(byBytes);
const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Every page of a query, following the cursors. */
async function walk(store: ReadStore, spec: CollectionSpec, query: Query): Promise<Page[]> {
  const pages: Page[] = [];
  let after: string | undefined;
  do {
    const page: Page = await store.find(spec, after === undefined ? query : { ...query, after });
    pages.push(page);
    after = page.next;
  } while (after !== undefined && pages.length < 1000);
  return pages;
}

// ── What the port says, in its plainest form ────────────────────────────────────────────────────

type Order = NonNullable<Query['sort']>;

const RANKS = ['null', 'number', 'string', 'boolean'];
const rank = (value: Scalar): number => RANKS.indexOf(value === null ? 'null' : typeof value);

function compareScalars(a: Scalar, b: Scalar): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'string' && typeof b === 'string') return byBytes(a, b);
  return Number(a) - Number(b);
}

const fieldOf = (doc: Doc, field: string): Scalar => (doc[field] ?? null) as Scalar;

function inOrder(docs: readonly StoredDoc[], order: Order): StoredDoc[] {
  return [...docs].sort((a, b) => {
    for (const { field, descending } of order) {
      const compared = compareScalars(fieldOf(a.doc, field), fieldOf(b.doc, field));
      if (compared !== 0) return descending ? -compared : compared;
    }
    // Ties go by the id, in the direction of the last key.
    return order.at(-1)?.descending ? byBytes(b.id, a.id) : byBytes(a.id, b.id);
  });
}

function holds(value: Scalar, condition: Condition): boolean {
  if (condition === null || typeof condition !== 'object') return value === condition;
  if ('in' in condition) return condition.in.includes(value);
  return Object.entries(condition).every(([op, operand]) => {
    const bound = operand;
    if (op === 'ne') return value !== bound;
    if (rank(value) !== rank(bound)) return false;
    const compared = compareScalars(value, bound);
    if (op === 'gt') return compared > 0;
    if (op === 'gte') return compared >= 0;
    return op === 'lt' ? compared < 0 : compared <= 0;
  });
}

// ── Arbitrary documents ─────────────────────────────────────────────────────────────────────────

const PIECES = [
  'a',
  'B',
  'b',
  'đ',
  'Đ',
  'Ổ',
  'ổ',
  '1',
  '10',
  ' ',
  '%',
  '_',
  '.',
  '*',
  '$gt',
  "'",
  '"',
  '\\',
  '😀',
];
const text = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 4 })
  .map((pieces) => pieces.join(''));
const number = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, -1.25, 2_147_483_648, -9_007_199_254_740_991, 1e21, 5e-324),
);
const mixed: fc.Arbitrary<Scalar> = fc.oneof(fc.constant(null), number, text);
const flag: fc.Arbitrary<Scalar> = fc.constantFrom(null, true, false);

/** `a` holds null, numbers and texts; `b` repeats much; `c` is a flag; each may be missing. */
const fields: fc.Arbitrary<Doc> = fc.record(
  { a: mixed, b: fc.integer({ min: 0, max: 2 }), c: flag },
  { requiredKeys: [] },
);

const documents: fc.Arbitrary<StoredDoc[]> = fc
  .uniqueArray(
    fc.tuple(
      text.filter((id) => id !== ''),
      fields,
    ),
    {
      maxLength: 25,
      selector: ([id]) => id,
    },
  )
  .map((pairs) => pairs.map(([id, doc]) => stored(id, doc)));

const order: fc.Arbitrary<Order> = fc.uniqueArray(
  fc.record({ field: fc.constantFrom('a', 'b', 'c'), descending: fc.boolean() }),
  {
    maxLength: 3,
    selector: ({ field }) => field,
  },
);

const conditionOn = (value: fc.Arbitrary<Scalar>): fc.Arbitrary<Condition> =>
  fc.oneof(
    value,
    fc.record({ in: fc.array(value, { maxLength: 4 }) }),
    fc.record(
      { gt: value, gte: value, lt: value, lte: value, ne: value },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Condition>,
  );

const filter = fc.record(
  { a: conditionOn(mixed), b: conditionOn(number), c: conditionOn(flag) },
  { requiredKeys: [] },
) as fc.Arbitrary<NonNullable<Query['filter']>>;

/** Plain JSON of any shape but an array directly within an array. */
const json: fc.Arbitrary<DocValue> = fc.letrec<{ value: DocValue; object: DocValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    mixed,
    flag,
    fc.array(fc.oneof(mixed, tie('object')), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.stringMatching(/^[a-zĐđ][A-Za-z0-9 -]{0,8}$/), tie('value'), {
    maxKeys: 4,
  }),
})).value;

/** Values that would mean something else to a careless store. */
const HOSTILE = [
  "' OR 1=1 --",
  '"; DROP TABLE control; --',
  '{"$gt":""}',
  '$gt',
  '$where',
  '[object Object]',
  '%',
  '_',
  '.*',
  '^.',
  '(?i)a|b',
  '\\',
  '?',
  'null',
  'true',
  '1',
  '',
  'Sổ số 1',
  'So so 1',
  '😀 \u200b\u2028',
  'e\u0301',
  'é',
];

/** The promises of `libs/read-store/port.ts`, for one adapter. */
export function describeReadStoreContract(
  name: string,
  open: () => Promise<OpenedReadStore>,
): void {
  describe(`read store contract: ${name}`, () => {
    let opened: OpenedReadStore;
    let store: ReadStore;
    let other: ReadStore;

    beforeAll(async () => {
      opened = await open();
      store = opened.store;
      other = await opened.reopen();
    }, TIMEOUT_MS);

    afterAll(async () => {
      await other.close();
      await store.close();
      await opened.dispose();
    }, TIMEOUT_MS);

    /** A collection with these documents in it. */
    async function filled(docs: readonly StoredDoc[], rest: Partial<CollectionSpec> = {}) {
      const spec = newSpec(rest);
      await store.ensure(spec);
      await store.put(spec, docs);
      return spec;
    }

    describe('writing', () => {
      it('keeps a document with its position', async () => {
        const spec = await filled([stored('a', { n: 1 }, 3)]);
        expect(await store.get(spec, 'a')).toEqual({ id: 'a', position: at(3), doc: { n: 1 } });
        expect(await other.get(spec, 'a')).toEqual({ id: 'a', position: at(3), doc: { n: 1 } });
        expect(await store.get(spec, 'A')).toBeUndefined();
      });

      it('skips a write of the same or an earlier position', async () => {
        const spec = await filled([stored('a', { n: 1 }, 5)]);
        await store.put(spec, [stored('a', { n: 2 }, 5)]);
        await store.put(spec, [stored('a', { n: 3 }, 4)]);
        expect((await store.get(spec, 'a'))?.doc).toEqual({ n: 1 });
        await store.put(spec, [stored('a', { m: 4 }, 6)]);
        expect(await store.get(spec, 'a')).toEqual(stored('a', { m: 4 }, 6));
      });

      it('writes what is new in a batch whose other documents are old', async () => {
        const spec = await filled(['a', 'c', 'e'].map((id) => stored(id, { was: id }, 5)));
        await store.put(spec, [
          stored('a', { now: 'a' }, 4),
          stored('b', { now: 'b' }, 4),
          stored('c', { now: 'c' }, 6),
          stored('d', { now: 'd' }, 6),
          stored('e', { now: 'e' }, 5),
          stored('f', { now: 'f' }, 5),
        ]);
        const all = await collect(store.scan(spec));
        expect(all.map(({ doc }) => doc)).toEqual([
          { was: 'a' },
          { now: 'b' },
          { now: 'c' },
          { now: 'd' },
          { was: 'e' },
          { now: 'f' },
        ]);
      });

      it('changes nothing when a batch is repeated', async () => {
        const docs = Array.from({ length: 300 }, (_, n) => stored(`id-${n}`, { n }, n));
        const spec = await filled(docs);
        await other.put(spec, docs);
        await store.put(spec, []);
        const all = await collect(store.scan(spec));
        expect(all).toEqual(inOrder(docs, []));
      });

      it('leaves the latest position behind, whoever writes at once', async () => {
        const spec = await filled([]);
        const ids = Array.from({ length: 40 }, (_, n) => `id-${n}`);
        const writes = Array.from({ length: 8 }, (_, n) =>
          (n % 2 ? store : other).put(
            spec,
            ids.map((id) => stored(id, { by: n }, n)),
          ),
        );
        await Promise.all(writes);
        const all = await collect(store.scan(spec));
        expect(all).toEqual(
          inOrder(
            ids.map((id) => stored(id, { by: 7 }, 7)),
            [],
          ),
        );
      });

      it('gives back numbers, flags, texts, lists and objects exactly', async () => {
        const spec = await filled([]);
        let position = 0;
        await fc.assert(
          fc.asyncProperty(
            fc.dictionary(fc.stringMatching(/^[a-zA-ZĐ][a-zA-Z0-9]{0,9}$/), json, { maxKeys: 6 }),
            async (doc) => {
              position += 1;
              await store.put(spec, [stored('x', doc, position)]);
              expect((await store.get(spec, 'x'))?.doc).toEqual(doc);
            },
          ),
          { numRuns: 100 },
        );
      });

      it('does not care about the order of fields', async () => {
        const spec = await filled([
          stored('a', { x: 1, y: { p: 1, q: 2 } }),
          stored('b', { y: { q: 2, p: 1 }, x: 1 }),
        ]);
        const page = await store.find(spec, { filter: { x: 1 }, limit: 10 });
        expect(page.items.map(({ doc }) => doc)).toEqual([
          { x: 1, y: { p: 1, q: 2 } },
          { x: 1, y: { p: 1, q: 2 } },
        ]);
      });

      it.each(['_id', '_position', '$set', 'a.b', ''])(
        'refuses a document with the field name "%s"',
        async (field) => {
          const spec = await filled([]);
          const writing = store.put(spec, [stored('a', { [field]: 'x' })]);
          await expect(writing).rejects.toThrow(/field name/);
          expect(await collect(store.scan(spec))).toEqual([]);
        },
      );

      it('removes one document', async () => {
        const spec = await filled([stored('a', {}), stored('b', {})]);
        await removeDocument(store, spec, 'a');
        await removeDocument(store, spec, 'never there');
        expect(idsOf(await collect(store.scan(spec)))).toEqual(['b']);
        await store.put(spec, [stored('a', { again: true })]);
        expect((await store.get(spec, 'a'))?.doc).toEqual({ again: true });
      });
    });

    describe('reading by id', () => {
      it('gives those that exist of many', async () => {
        const spec = await filled(['a', "b'", '$c', 'ổ'].map((id) => stored(id, { id })));
        const found = await store.getMany(spec, ['ổ', 'a', 'missing', "b'", '$c', 'A']);
        expect(sorted(idsOf(found))).toEqual(sorted(['a', "b'", '$c', 'ổ']));
        expect(await store.getMany(spec, [])).toEqual([]);
      });

      it('gives more of them at once than a statement has parameters', async () => {
        const docs = Array.from({ length: 2500 }, (_, n) => stored(`id-${n}`, { n }));
        const spec = await filled(docs);
        expect(await store.getMany(spec, idsOf(docs))).toHaveLength(2500);
      });

      it('scans every document once, in order of id by its bytes', async () => {
        const ids = Array.from(
          { length: 1203 },
          (_, n) => `${n % 7 ? 'a' : 'Đ'}${n}${n % 3 ? '😀' : ''}`,
        );
        const spec = await filled(ids.map((id) => stored(id, { id })));
        expect(idsOf(await collect(store.scan(spec)))).toEqual(sorted(ids));
      });

      it('scans while others write, and when it is left in the middle', async () => {
        const spec = await filled(Array.from({ length: 1200 }, (_, n) => stored(at(n), { n })));
        const seen: string[] = [];
        for await (const { id } of store.scan(spec)) {
          if (seen.length % 100 === 0) await store.put(spec, [stored(id, { again: true }, 2)]);
          seen.push(id);
        }
        expect(seen).toHaveLength(1200);
        for await (const { id } of store.scan(spec)) {
          expect(id).toBe(at(0));
          break;
        }
        await store.drop(spec);
      });
    });

    describe('filtering', () => {
      const docs = [
        stored('missing', {}),
        stored('null', { a: null }),
        stored('one', { a: 1 }),
        stored('two', { a: 2.5 }),
        stored('ten', { a: 10 }),
        stored('text 1', { a: '1' }),
        stored('text b', { a: 'b' }),
        stored('true', { a: true }),
        stored('false', { a: false }),
      ];
      const cases: readonly (readonly [Condition, readonly string[]])[] = [
        [1, ['one']],
        ['1', ['text 1']],
        [true, ['true']],
        [false, ['false']],
        [null, ['missing', 'null']],
        [{ in: [1, 'b', true] }, ['one', 'text b', 'true']],
        [{ in: [null, 10] }, ['missing', 'null', 'ten']],
        [{ in: ['b', 'c', '1'] }, ['text 1', 'text b']],
        [{ in: [] }, []],
        [{ gt: 1 }, ['ten', 'two']],
        [{ gte: 1 }, ['one', 'ten', 'two']],
        [{ lt: 10 }, ['one', 'two']],
        [{ lte: 10, gt: 1 }, ['ten', 'two']],
        [{ gt: '1' }, ['text b']],
        [{ lt: 'b' }, ['text 1']],
        [{ gte: '' }, ['text 1', 'text b']],
        [{ gte: false }, ['false', 'true']],
        [{ lt: true }, ['false']],
        [{ gt: null }, []],
        [{ lte: null }, ['missing', 'null']],
        [{ ne: 1 }, ['false', 'missing', 'null', 'ten', 'text 1', 'text b', 'true', 'two']],
        [{ ne: true }, ['false', 'missing', 'null', 'one', 'ten', 'text 1', 'text b', 'two']],
        [{ ne: null }, ['false', 'one', 'ten', 'text 1', 'text b', 'true', 'two']],
        [{ ne: 'b', gte: '' }, ['text 1']],
      ];
      for (const indexes of [[], [['a']]]) {
        describe(indexes.length > 0 ? 'on an index' : 'without an index', () => {
          let spec: CollectionSpec;
          beforeAll(async () => {
            spec = await filled(docs, { indexes });
          });

          it.each(cases)('a is %j', async (condition, ids) => {
            const page = await store.find(spec, { filter: { a: condition }, limit: 100 });
            expect(idsOf(page.items)).toEqual(sorted(ids));
            expect(page.total).toBe(ids.length);
          });
        });
      }

      it('wants all conditions to hold', async () => {
        const spec = await filled([
          stored('a', { x: 1, y: 1 }),
          stored('b', { x: 1, y: 2 }),
          stored('c', { x: 2, y: 2 }),
        ]);
        const page = await store.find(spec, { filter: { x: 1, y: { gt: 1 } }, limit: 10 });
        expect(idsOf(page.items)).toEqual(['b']);
      });

      it('answers any filter as it reads', async () => {
        await fc.assert(
          fc.asyncProperty(documents, filter, async (some, conditions) => {
            const spec = await filled(some, { indexes: [['a', 'b']] });
            const { items, total } = await store.find(spec, { filter: conditions, limit: 100 });
            const wanted = some.filter(({ doc }) =>
              Object.entries(conditions).every(([field, one]) => holds(fieldOf(doc, field), one)),
            );
            expect(items).toEqual(inOrder(wanted, []));
            expect(total).toBe(wanted.length);
            await store.drop(spec);
          }),
          { numRuns: 60 },
        );
      });

      describe('hostile values', () => {
        let spec: CollectionSpec;
        beforeAll(async () => {
          const hostile = HOSTILE.map((value, n) => stored(`h${at(n)}`, { value }));
          spec = await filled(hostile, { searchable: ['value'] });
        });

        it.each(HOSTILE)('%j means itself', async (value) => {
          const [equal, listed, differing] = await Promise.all([
            store.find(spec, { filter: { value }, limit: 100 }),
            store.find(spec, { filter: { value: { in: [value] } }, limit: 100 }),
            store.find(spec, { filter: { value: { ne: value } }, limit: 100 }),
          ]);
          expect(equal.items.map(({ doc }) => doc['value'])).toEqual([value]);
          expect(listed.items).toEqual(equal.items);
          expect(differing.total).toBe(HOSTILE.length - 1);
        });

        it.each(['%', '_', '.*', '^.', '(?i)a|b', '\\', '?', '$gt', "'", '{"$gt":""}', '[object'])(
          'searching for %j finds the text itself',
          async (search) => {
            const page = await store.find(spec, { search, limit: 100 });
            const wanted = HOSTILE.filter((value) => value.toLowerCase().includes(search));
            expect(page.items.map(({ doc }) => doc['value'])).toEqual(wanted);
          },
        );

        it.each([
          ['an operator', { value: { $gt: '' } }],
          ['a pattern', { value: /.*/ }],
          ['a list', { value: ['x'] }],
          ['a date', { value: new Date(0) }],
          ['an object for a bound', { value: { gt: { $ne: 1 } } }],
          ['no value at all', { value: { ne: undefined } }],
          ['nothing', { value: undefined }],
          ['not a number', { value: { gt: Number.NaN } }],
          ['an operator for a field', { $where: '1' }],
          ['a path', { 'value.x': 1 }],
          ['SQL', { "value') IS NULL OR 1=1 --": 1 }],
        ])('refuses %s in a filter', async (_, refused) => {
          const finding = store.find(spec, { filter: refused as never, limit: 10 });
          await expect(finding).rejects.toThrow(TypeError);
        });

        it.each(['$natural', 'a.b', '_search', 'x") DESC --', ''])(
          'refuses to sort by %j',
          async (field) => {
            await expect(store.find(spec, { sort: [{ field }], limit: 1 })).rejects.toThrow(
              TypeError,
            );
          },
        );

        it.each(['Abc', 'system.users', 'a-b', 'x; DROP TABLE control', '', 'control', '$cmd'])(
          'refuses a collection called %j',
          async (bad) => {
            const badly = newSpec({ name: bad });
            await expect(store.ensure(badly)).rejects.toThrow(TypeError);
            await expect(store.get(badly, 'a')).rejects.toThrow(TypeError);
            await expect(store.drop(badly)).rejects.toThrow(TypeError);
          },
        );
      });
    });

    describe('searching', () => {
      let spec: CollectionSpec;
      const search = async (words: string): Promise<string[]> =>
        idsOf((await store.find(spec, { search: words, limit: 100 })).items);

      beforeAll(async () => {
        spec = await filled(
          [
            stored('1', { name: '01/2024-SCTĐT/BS', title: 'Sổ chứng thực' }),
            stored('2', { name: '02/2024-SCTĐT/BS', title: 'SỔ  CHỨNG\nTHỰC điện tử' }),
            stored('3', { name: 'Đặng Thị Bưởi', title: 'Giấy khai sinh'.normalize('NFD') }),
            stored('4', { name: null, title: 'chứng', hidden: 'Sổ chứng thực' }),
            stored('5', {}),
            stored('6', { name: 'đuôi', title: 'thực' }),
          ],
          { searchable: ['name', 'title'] },
        );
      });

      it('ignores case and diacritics, in what is sought and what is stored', async () => {
        expect(await search('so chung thuc')).toEqual(['1', '2']);
        expect(await search('SỔ CHỨNG THỰC')).toEqual(['1', '2']);
        expect(await search('khai sinh')).toEqual(['3']);
        expect(await search('dang thi buoi')).toEqual(['3']);
        expect(await search('Đặng'.normalize('NFD'))).toEqual(['3']);
      });

      it('takes đ for d', async () => {
        expect(await search('sctdt')).toEqual(['1', '2']);
        expect(await search('đuoi')).toEqual(['6']);
      });

      it('wants every word, in any of the fields and any order', async () => {
        expect(await search('chung 02/')).toEqual(['2']);
        expect(await search('tử 2024 thực')).toEqual(['2']);
        expect(await search('chung khai')).toEqual([]);
      });

      it('finds no word that two fields make together', async () => {
        expect(await search('duoithuc')).toEqual([]);
      });

      it('looks only into the searchable fields', async () => {
        expect(await search('chung')).toEqual(['1', '2', '4']);
        expect(await search('so thuc chung')).toEqual(['1', '2']);
      });

      it('finds everything for a blank one', async () => {
        expect(await search('  \t ')).toEqual(['1', '2', '3', '4', '5', '6']);
      });

      it('goes together with filter, sort and total', async () => {
        const query: Query = {
          search: 'chung',
          filter: { name: { ne: null } },
          sort: [{ field: 'name', descending: true }],
          limit: 1,
        };
        const page = await store.find(spec, query);
        expect(idsOf(page.items)).toEqual(['2']);
        expect(page.total).toBe(2);
      });

      it('follows the document when it changes', async () => {
        const own = await filled([stored('a', { name: 'Sổ cũ' })], { searchable: ['name'] });
        await store.put(own, [stored('a', { name: 'Sổ mới' }, 2)]);
        await store.put(own, [stored('a', { name: 'Sổ xưa' }, 1)]);
        expect((await store.find(own, { search: 'moi', limit: 1 })).total).toBe(1);
        expect((await store.find(own, { search: 'cu', limit: 1 })).total).toBe(0);
        expect((await store.find(own, { search: 'xua', limit: 1 })).total).toBe(0);
      });
    });

    describe('sorting', () => {
      const docs = [
        stored('d', { a: 'b' }),
        stored('c', { a: 10 }),
        stored('b', { a: null }),
        stored('a', { a: 'B' }),
        stored('h', {}),
        stored('g', { a: 9.5 }),
        stored('f', { a: 'ổ' }),
        stored('e', { a: '10' }),
        stored('i', { a: 10 }),
      ];

      it.each([[[]], [[['a']]]])(
        'puts missing and null first, then numbers, then text; indexes %j',
        async (indexes) => {
          const spec = await filled(docs, { indexes });
          const up = await store.find(spec, { sort: [{ field: 'a' }], limit: 100 });
          expect(idsOf(up.items)).toEqual(['b', 'h', 'g', 'c', 'i', 'e', 'a', 'd', 'f']);
          const down = await store.find(spec, {
            sort: [{ field: 'a', descending: true }],
            limit: 100,
          });
          expect(idsOf(down.items)).toEqual(['f', 'd', 'a', 'e', 'i', 'c', 'g', 'h', 'b']);
        },
      );

      it('sorts flags', async () => {
        const spec = await filled([
          stored('a', { c: true }),
          stored('b', { c: false }),
          stored('c', {}),
        ]);
        const page = await store.find(spec, { sort: [{ field: 'c' }], limit: 10 });
        expect(idsOf(page.items)).toEqual(['c', 'b', 'a']);
      });

      it('sorts by id where nothing else is said', async () => {
        const spec = await filled(docs);
        const page = await store.find(spec, { limit: 100 });
        expect(idsOf(page.items)).toEqual('a b c d e f g h i'.split(' '));
      });
    });

    describe('paging', () => {
      const fifty7 = Array.from({ length: 57 }, (_, n) =>
        stored(at(n), { n, agency: n < 50 ? 'x' : 'y' }),
      );
      let spec: CollectionSpec;
      beforeAll(async () => {
        spec = await filled(fifty7, { indexes: [['agency', 'n']] });
      });

      it('shows from 1 to 10 of 57', async () => {
        const page = await store.find(spec, { sort: [{ field: 'n' }], limit: 10 });
        expect(page.items).toEqual(fifty7.slice(0, 10));
        expect(page.total).toBe(57);
      });

      it('skips to any page, and beyond the last', async () => {
        const query: Query = { sort: [{ field: 'n', descending: true }], limit: 10 };
        const sixth = await store.find(spec, { ...query, offset: 50 });
        expect(sixth.items.map(({ doc }) => doc['n'])).toEqual([6, 5, 4, 3, 2, 1, 0]);
        expect(sixth.total).toBe(57);
        expect(sixth.next).toBeUndefined();
        const beyond = await store.find(spec, { ...query, offset: 60 });
        expect(beyond).toEqual({ items: [], total: 57 });
      });

      it('counts what the filter leaves', async () => {
        const page = await store.find(spec, { filter: { agency: 'x' }, limit: 3, offset: 4 });
        expect(page.total).toBe(50);
        expect(page.items).toHaveLength(3);
      });

      it('names no next page when the last document is shown', async () => {
        const page = await store.find(spec, { limit: 57 });
        expect(page.items).toHaveLength(57);
        expect(page.next).toBeUndefined();
      });

      it('walks all pages by cursor, with the total on each', async () => {
        const query: Query = { filter: { agency: 'x' }, sort: [{ field: 'n' }], limit: 7 };
        const pages = await walk(store, spec, query);
        expect(pages.map(({ items }) => items.length)).toEqual([7, 7, 7, 7, 7, 7, 7, 1]);
        expect(pages.every(({ total }) => total === 50)).toBe(true);
        expect(pages.flatMap(({ items }) => items)).toEqual(fifty7.slice(0, 50));
      });

      it('goes on behind the cursor though documents before it came and went', async () => {
        const own = await filled(fifty7);
        const query: Query = { sort: [{ field: 'n' }], limit: 5 };
        const first = await store.find(own, query);
        await removeDocument(store, own, at(1));
        await store.put(own, [stored('new', { n: -1 })]);
        const second = await other.find(own, { ...query, after: first.next ?? '' });
        expect(second.items).toEqual(fifty7.slice(5, 10));
      });

      it('gives by cursor what it gives as a whole, whatever the sort', async () => {
        await fc.assert(
          fc.asyncProperty(
            documents,
            order,
            fc.integer({ min: 1, max: 6 }),
            async (docs, by, limit) => {
              const own = await filled(docs, { indexes: [['a'], ['b', 'a']] });
              const whole = await store.find(own, { sort: by, limit: 1000 });
              expect(whole.items).toEqual(inOrder(docs, by));
              const pages = await walk(store, own, { sort: by, limit });
              expect(pages.flatMap(({ items }) => items)).toEqual(whole.items);
              expect(pages.every(({ total }) => total === docs.length)).toBe(true);
              expect(pages.slice(0, -1).every(({ items }) => items.length === limit)).toBe(true);
              await store.drop(own);
            },
          ),
          { numRuns: 60 },
        );
      });

      it('refuses a cursor of another sort, and what is no cursor', async () => {
        const by = (field: string, descending = false): Query => ({
          sort: [{ field, descending }],
          limit: 2,
        });
        const { next = '' } = await store.find(spec, by('n'));
        const cut = next.slice(0, -4);
        const forged = Buffer.from('["+n",[{"$gt":""}],"x"]').toString('base64url');
        for (const [query, after] of [
          [by('agency'), next],
          [by('n', true), next],
          [{ limit: 2 }, next],
          [by('n'), cut],
          [by('n'), ''],
          [by('n'), 'garbage'],
          [by('n'), '§§§'],
          [by('n'), forged],
        ] as const) {
          const finding = store.find(spec, { ...query, after });
          await expect(finding).rejects.toBeInstanceOf(InvalidCursor);
        }
      });

      it.each([
        { limit: 0 },
        { limit: 1001 },
        { limit: 1.5 },
        { limit: 1, offset: -1 },
        { limit: 1, offset: 0.5 },
      ])('refuses the page %j', async (query) => {
        await expect(store.find(spec, query)).rejects.toThrow(RangeError);
      });

      it('refuses offset and cursor together', async () => {
        const { next = '' } = await store.find(spec, { limit: 2 });
        const both = store.find(spec, { limit: 2, offset: 2, after: next });
        await expect(both).rejects.toThrow(TypeError);
      });
    });

    describe('collections', () => {
      it('are listed while they are there', async () => {
        const spec = newSpec();
        expect(await store.collections()).not.toContain(spec.name);
        await store.ensure(spec);
        expect(await store.collections()).toContain(spec.name);
        expect(await other.collections()).toContain(spec.name);
        await store.drop(spec);
        expect(await store.collections()).not.toContain(spec.name);
        await store.drop(spec);
      });

      it('never include the control records', async () => {
        await store.writeRecord('any', {}, 0);
        expect(await store.collections()).not.toContain('control');
      });

      it('are made once, whoever asks at once, and again without loss', async () => {
        const spec = newSpec({ indexes: [['a'], ['a', 'b'], ['c', 'b', 'a']] });
        await Promise.all(
          Array.from({ length: 10 }, (_, n) => (n % 2 ? store : other).ensure(spec)),
        );
        await store.put(spec, [stored('a', { a: 1 })]);
        await Promise.all([store.ensure(spec), other.ensure(spec)]);
        expect((await other.find(spec, { filter: { a: 1 }, limit: 1 })).total).toBe(1);
      });

      it('get an index that is declared later', async () => {
        const spec = await filled([stored('a', { a: 1 })]);
        const more = { ...spec, indexes: [['a']] };
        await store.ensure(more);
        expect((await store.find(more, { filter: { a: 1 }, limit: 1 })).total).toBe(1);
      });

      it('read as empty where they were never made', async () => {
        const spec = newSpec({ searchable: ['a'] });
        expect(await store.get(spec, 'a')).toBeUndefined();
        expect(await store.getMany(spec, ['a'])).toEqual([]);
        expect(await collect(store.scan(spec))).toEqual([]);
        const query: Query = { filter: { a: 1 }, search: 'x', sort: [{ field: 'a' }], limit: 1 };
        expect(await store.find(spec, query)).toEqual({ items: [], total: 0 });
        await removeDocument(store, spec, 'a');
        expect(await store.collections()).not.toContain(spec.name);
      });

      it('take no document where they were never made', async () => {
        const spec = newSpec();
        const writing = store.put(spec, [stored('a', {})]);
        await expect(writing).rejects.toThrow(/does not exist/);
        await expect(writing).rejects.not.toBeInstanceOf(ReadStoreUnavailable);
        expect(await store.collections()).not.toContain(spec.name);
      });

      it('may be dropped and made again by another process', async () => {
        const spec = await filled([stored('a', { n: 1 }, 9)], { indexes: [['n']] });
        expect((await store.find(spec, { filter: { n: 1 }, limit: 1 })).total).toBe(1);
        await other.drop(spec);
        expect(await store.get(spec, 'a')).toBeUndefined();
        expect(await store.find(spec, { filter: { n: 1 }, limit: 1 })).toEqual({
          items: [],
          total: 0,
        });
        await expect(store.put(spec, [stored('a', {})])).rejects.toThrow(/does not exist/);
        await other.ensure(spec);
        await store.put(spec, [stored('a', { n: 2 })]);
        expect((await store.find(spec, { filter: { n: 2 }, limit: 1 })).total).toBe(1);
        expect((await store.get(spec, 'a'))?.doc).toEqual({ n: 2 });
      });
    });

    describe('loading', () => {
      const many = Array.from({ length: 2500 }, (_, n) =>
        stored(`id-${String(n).padStart(4, '0')}`, { n, name: `Sổ số ${String(n)}` }, n + 1),
      );
      const settings = { indexes: [['n'], ['name', 'n']], searchable: ['name'] };

      /** A collection filled in batches of so many. */
      async function loaded(docs: readonly StoredDoc[], rest: Partial<CollectionSpec> = {}) {
        const spec = newSpec(rest);
        const load = await store.load(spec);
        for (let from = 0; from < docs.length; from += 100) {
          await load.write(docs.slice(from, from + 100));
        }
        await load.finish();
        return spec;
      }

      it('leaves a collection like any other', async () => {
        const spec = await loaded(many, settings);
        for (const reader of [store, other]) {
          expect(await collect(reader.scan(spec))).toEqual(many);
          expect(await reader.collections()).toContain(spec.name);
          const page = await reader.find(spec, {
            search: 'so 249',
            sort: [{ field: 'n' }],
            limit: 3,
          });
          expect(idsOf(page.items)).toEqual(['id-0249', 'id-1249', 'id-2249']);
          expect(page.total).toBe(13);
        }
        await store.ensure(spec);
        await other.put(spec, [stored('id-0001', { n: -1 }, 1), stored('new', { n: -2 }, 1)]);
        await store.put(spec, [stored('id-0001', { n: -3, name: 'Khác' }, 9000)]);
        expect((await other.get(spec, 'id-0001'))?.doc).toEqual({ n: -3, name: 'Khác' });
        const least = await other.find(spec, { sort: [{ field: 'n' }], limit: 2 });
        expect(idsOf(least.items)).toEqual(['id-0001', 'new']);
        expect((await store.find(spec, { search: 'khac', limit: 9 })).total).toBe(1);
        await other.drop(spec);
        expect(await store.get(spec, 'id-0002')).toBeUndefined();
        expect(await store.collections()).not.toContain(spec.name);
        await expect(store.put(spec, many.slice(0, 1))).rejects.toThrow(/does not exist/);
        await store.ensure(spec);
        await other.put(spec, many.slice(0, 1));
        expect(await collect(store.scan(spec))).toEqual(many.slice(0, 1));
      });

      it('may be of nothing', async () => {
        const spec = await loaded([]);
        expect(await store.collections()).toContain(spec.name);
        expect(await collect(other.scan(spec))).toEqual([]);
      });

      it('keeps each document as it was written last, and shows it so meanwhile', async () => {
        const spec = newSpec(settings);
        const load = await store.load(spec);
        const model = new Map<string, StoredDoc>();
        for (let round = 1; round <= 60; round += 1) {
          const docs = Array.from({ length: 40 }, (_, n) => {
            const id = `id-${String((n * 7 + round * 13) % 500)}`;
            return stored(id, { n: round, name: `vòng ${String(round)}` }, round);
          });
          await load.write(docs);
          for (const doc of docs) model.set(doc.id, doc);
          const asked = [`id-${String(round)}`, `id-${String((round * 13) % 500)}`, 'none'];
          const found = await load.getMany(asked);
          const known = asked.flatMap((id) => model.get(id) ?? []);
          expect(inOrder(found, [])).toEqual(inOrder(known, []));
        }
        await load.finish();
        expect(await collect(other.scan(spec))).toEqual(inOrder([...model.values()], []));
        const newest = await store.find(spec, { filter: { n: 60 }, search: 'vong 60', limit: 50 });
        expect(newest.total).toBe(40);
      });

      it('gives back what is hostile or odd exactly', async () => {
        const docs = HOSTILE.map((text, n) =>
          stored(`${String(n)}${text}`, { text, c: n % 2 === 0 }),
        );
        const spec = await loaded(docs, { indexes: [['text'], ['c']] });
        expect(await collect(other.scan(spec))).toEqual(inOrder(docs, []));
        for (const { id, doc } of docs) {
          const { items } = await store.find(spec, {
            filter: { text: doc['text'] as Scalar },
            limit: 9,
          });
          expect(idsOf(items)).toEqual([id]);
        }
        const load = await store.load(newSpec());
        await expect(load.write([stored('a', { $n: 1 })])).rejects.toThrow(TypeError);
        await load.abandon();
      });

      it('takes the name, and leaves nothing when it is abandoned', async () => {
        const spec = newSpec();
        const load = await store.load(spec);
        await load.write(many.slice(0, 10));
        expect(await other.collections()).toContain(spec.name);
        await expect(store.load(spec)).rejects.toBeInstanceOf(CollectionExists);
        await expect(other.load(spec)).rejects.toBeInstanceOf(CollectionExists);
        await load.abandon();
        expect(await other.collections()).not.toContain(spec.name);
        const again = await other.load(spec);
        await again.write(many.slice(0, 3));
        await again.finish();
        expect(await collect(store.scan(spec))).toEqual(many.slice(0, 3));
      });

      it('is refused where the collection exists, however it was made', async () => {
        const [put, load] = [await filled(many.slice(0, 1)), await loaded(many.slice(0, 1))];
        for (const spec of [put, load]) {
          await expect(other.load(spec)).rejects.toBeInstanceOf(CollectionExists);
          expect(await collect(store.scan(spec))).toHaveLength(1);
        }
      });

      it('is told when the collection was dropped meanwhile', async () => {
        const spec = newSpec();
        const load = await store.load(spec);
        await load.write(many.slice(0, 10));
        await other.drop(spec);
        await expect(load.finish()).rejects.toBeInstanceOf(CollectionDropped);
        await load.abandon();
        expect(await store.collections()).not.toContain(spec.name);
      });

      it('goes on beside writers of other collections, and beside other loads', async () => {
        const [spec, second] = [newSpec(settings), newSpec()];
        const loads = [await store.load(spec), await store.load(second)];
        const beside = await filled([]);
        for (let from = 0; from < many.length; from += 500) {
          const docs = many.slice(from, from + 500);
          for (const load of loads) await load.write(docs);
          await other.put(beside, docs);
          expect(await other.get(beside, docs[499]?.id ?? '')).toEqual(docs[499]);
        }
        for (const load of loads) await load.finish();
        for (const one of [spec, second, beside]) {
          expect(await collect(store.scan(one))).toEqual(many);
        }
      });

      it('goes on from its milestone when it was left, under another name', async () => {
        const [spec, next] = [newSpec(settings), newSpec(settings)];
        const load = await store.load(spec);
        await load.write(many.slice(0, 700));
        await load.milestone({ position: '700', by: { first: true } });
        await load.write(many.slice(700, 1500));
        await load.milestone({ position: '1500' });
        await load.write(many.slice(1500, 1600));
        await load.leave();
        expect(await other.collections()).toContain(spec.name);
        expect(await collect(other.scan(next))).toEqual([]);
        const resumed = await other.resume(next, spec.name);
        expect(resumed?.milestone).toEqual({ position: '1500' });
        expect(await other.collections()).not.toContain(spec.name);
        expect(await resumed?.load.getMany(['id-0003', 'id-1499'])).toHaveLength(2);
        for (let from = 1500; from < many.length; from += 250) {
          await resumed?.load.write(many.slice(from, from + 250));
        }
        await resumed?.load.finish();
        expect(await collect(store.scan(next))).toEqual(many);
        expect((await store.find(next, { search: 'so 249', limit: 3 })).total).toBe(13);
        expect(await other.resume(newSpec(), next.name)).toBeUndefined();
      });

      it('cannot be gone on with where no milestone was reached, or nothing is there', async () => {
        const [spec, next] = [newSpec(), newSpec()];
        const load = await store.load(spec);
        await load.write(many.slice(0, 10));
        await load.leave();
        expect(await other.resume(next, spec.name)).toBeUndefined();
        expect(await other.resume(next, newSpec().name)).toBeUndefined();
        expect(await store.collections()).not.toContain(next.name);
        await other.drop(spec);
        expect(await store.collections()).not.toContain(spec.name);
        const again = await store.load(next);
        await again.abandon();
      });

      it('loses its milestone with the collection, and takes no name that is taken', async () => {
        const [spec, taken] = [newSpec(), await loaded(many.slice(0, 1))];
        const load = await store.load(spec);
        await load.write(many.slice(0, 10));
        await load.milestone({ position: '10' });
        await load.leave();
        await expect(other.resume(taken, spec.name)).rejects.toBeInstanceOf(CollectionExists);
        await other.drop(spec);
        const anew = await store.load(spec);
        await anew.leave();
        expect(await other.resume(newSpec(), spec.name)).toBeUndefined();
        await other.drop(spec);
      });

      it('leaves whoever was slow nothing to write to once another goes on', async () => {
        const [spec, next] = [newSpec(), newSpec()];
        const slow = await store.load(spec);
        await slow.write(many.slice(0, 1500));
        await slow.milestone({ position: '1500' });
        const resumed = await other.resume(next, spec.name);
        if (resumed) {
          await resumed.load.write(many.slice(1500));
          await resumed.load.finish();
          const late = async () => {
            for (let times = 0; times < 3; times += 1) await slow.write(many.slice(0, 1500));
            await slow.finish();
          };
          await expect(late()).rejects.toBeInstanceOf(CollectionDropped);
          expect(await collect(other.scan(next))).toEqual(many);
          expect(await store.collections()).not.toContain(spec.name);
        } else {
          // The store knows that it is still being filled: nothing was taken from it.
          await slow.write(many.slice(1500));
          await slow.finish();
          expect(await collect(other.scan(spec))).toEqual(many);
          expect(await store.collections()).not.toContain(next.name);
        }
        await slow.abandon();
      });

      it('has records of its own, as any collection', async () => {
        const spec = await loaded(many.slice(0, 1));
        const key = `checkpoint:${spec.name}`;
        expect(await store.writeRecord(key, { position: '1' }, 0)).toBe(true);
        expect(await other.readRecord(key)).toEqual({ value: { position: '1' }, version: 1 });
        expect(await other.writeRecord(key, { position: '2' }, 0)).toBe(false);
        expect(await other.writeRecord(key, { position: '2' }, 1)).toBe(true);
        expect((await store.readRecord(key))?.value).toEqual({ position: '2' });
      });
    });

    describe('dropping', () => {
      const records = ['checkpoint', 'faults', 'milestone'];

      async function withRecords(make: (spec: CollectionSpec) => Promise<unknown>) {
        const spec = newSpec();
        await make(spec);
        for (const kind of records) await store.writeRecord(`${kind}:${spec.name}`, { kind }, 0);
        return spec;
      }

      const made = {
        ensured: (spec: CollectionSpec) => store.ensure(spec),
        loaded: async (spec: CollectionSpec) => (await store.load(spec)).finish(),
      };

      it.each(['ensured', 'loaded'] as const)(
        'takes every record of a collection that was %s with it, and no other',
        async (how) => {
          const spec = await withRecords(made[how]);
          const kept = await withRecords(made[how]);
          await other.drop(spec);
          const left = (name: string) =>
            Promise.all(records.map((kind) => store.readRecord(`${kind}:${name}`)));
          expect(await left(spec.name)).toEqual(records.map(() => undefined));
          expect(await left(kept.name)).not.toContain(undefined);
          await made.loaded(spec);
          expect(await store.writeRecord(`checkpoint:${spec.name}`, {}, 0)).toBe(true);
        },
      );
    });

    describe('control records', () => {
      const newKey = (): string => `checkpoint:${randomBytes(6).toString('hex')}`;

      it('are there once written, and replaced as a whole', async () => {
        const key = newKey();
        expect(await store.readRecord(key)).toBeUndefined();
        expect(await store.writeRecord(key, { position: '1', more: [{ a: 1 }] }, 0)).toBe(true);
        expect(await other.readRecord(key)).toEqual({
          value: { position: '1', more: [{ a: 1 }] },
          version: 1,
        });
        expect(await other.writeRecord(key, { position: '2' }, 1)).toBe(true);
        expect(await store.readRecord(key)).toEqual({ value: { position: '2' }, version: 2 });
      });

      it('are not written over by one who has not seen them', async () => {
        const key = newKey();
        expect(await store.writeRecord(key, { n: 1 }, 1)).toBe(false);
        expect(await store.readRecord(key)).toBeUndefined();
        await store.writeRecord(key, { n: 1 }, 0);
        expect(await store.writeRecord(key, { n: 2 }, 0)).toBe(false);
        expect(await store.writeRecord(key, { n: 2 }, 2)).toBe(false);
        await store.writeRecord(key, { n: 3 }, 1);
        expect(await store.writeRecord(key, { n: 4 }, 1)).toBe(false);
        expect(await store.readRecord(key)).toEqual({ value: { n: 3 }, version: 2 });
      });

      it('take one of many writers at once', async () => {
        const key = newKey();
        for (let version = 0; version < 20; version += 1) {
          const outcomes = await Promise.all(
            Array.from({ length: 8 }, (_, n) =>
              (n % 2 ? store : other).writeRecord(key, { version, by: n }, version),
            ),
          );
          expect(outcomes.filter(Boolean)).toHaveLength(1);
          expect(await store.readRecord(key)).toEqual({
            value: { version, by: outcomes.indexOf(true) },
            version: version + 1,
          });
        }
      });

      it('have keys that mean only themselves', async () => {
        const keys = HOSTILE.map((hostile) => `${newKey()}${hostile}`);
        for (const key of keys) expect(await store.writeRecord(key, { key }, 0)).toBe(true);
        for (const key of keys) expect((await store.readRecord(key))?.value).toEqual({ key });
      });
    });

    describe('mending', () => {
      it('writes over what was found, and only over that', async () => {
        const spec = await filled([stored('a', { n: 1 }, 5)], { searchable: ['name'] });
        const doc = stored('a', { n: 2, name: 'Đúng' }, 5);
        expect(await store.mend(spec, { id: 'a', found: at(4), doc })).toBe(false);
        expect(await store.mend(spec, { id: 'b', found: at(5), doc })).toBe(false);
        expect(await store.mend(spec, { id: 'a', found: undefined, doc })).toBe(false);
        expect((await store.get(spec, 'a'))?.doc).toEqual({ n: 1 });
        expect(await store.mend(spec, { id: 'a', found: at(5), doc })).toBe(true);
        expect(await other.get(spec, 'a')).toEqual(doc);
        expect((await other.find(spec, { search: 'dung', limit: 1 })).total).toBe(1);
        // Back to an earlier position, too: what was found there claimed too much.
        const earlier = stored('a', { n: 3 }, 2);
        expect(await store.mend(spec, { id: 'a', found: at(5), doc: earlier })).toBe(true);
        expect(await other.get(spec, 'a')).toEqual(earlier);
      });

      it('adds what is missing and takes away what is surplus, where it still is', async () => {
        const spec = await filled([stored('a', { n: 1 }, 5)]);
        const doc = stored('b', { n: 2 }, 3);
        expect(await store.mend(spec, { id: 'b', found: undefined, doc })).toBe(true);
        expect(await store.mend(spec, { id: 'b', found: undefined, doc })).toBe(false);
        expect(await store.mend(spec, { id: 'a', found: at(4), doc: undefined })).toBe(false);
        expect(await store.mend(spec, { id: 'a', found: at(5), doc: undefined })).toBe(true);
        expect(await collect(other.scan(spec))).toEqual([doc]);
      });
    });

    describe('a fence', () => {
      const fenceOf = ({ name: collection }: CollectionSpec, version: number): Fence => ({
        key: `checkpoint:${collection}`,
        version,
      });

      it('lets the writer through whose record it is', async () => {
        const spec = await filled([stored('a', { n: 1 }, 1)]);
        await store.put(spec, [stored('a', { n: 2 }, 2)], fenceOf(spec, 0));
        await store.writeRecord(fenceOf(spec, 0).key, { holder: 'one' }, 0);
        await store.put(spec, [stored('b', { n: 3 }, 3)], fenceOf(spec, 1));
        expect((await collect(store.scan(spec))).map(({ doc }) => doc)).toEqual([
          { n: 2 },
          { n: 3 },
        ]);
      });

      it('stops one who has been overtaken, whatever it would have written', async () => {
        const spec = await filled([stored('a', { n: 1 }, 1)]);
        const before = await collect(store.scan(spec));
        await store.writeRecord(fenceOf(spec, 0).key, { holder: 'one' }, 0);
        await other.writeRecord(fenceOf(spec, 0).key, { holder: 'two' }, 1);
        const late = [stored('a', { n: 9 }, 9), stored('b', { n: 9 }, 9)];
        await expect(store.put(spec, late, fenceOf(spec, 1))).rejects.toThrow(Fenced);
        await expect(store.put(spec, late, fenceOf(spec, 0))).rejects.toThrow(Fenced);
        expect(await collect(other.scan(spec))).toEqual(before);
        await other.put(spec, late, fenceOf(spec, 2));
        expect((await store.get(spec, 'b'))?.doc).toEqual({ n: 9 });
      });

      it('stands with the documents of a collection that was loaded, too', async () => {
        const spec = newSpec();
        const load = await store.load(spec);
        await load.write([stored('a', { n: 1 }, 1)]);
        await load.finish();
        await store.writeRecord(fenceOf(spec, 0).key, { holder: 'one' }, 0);
        const late = [stored('a', { n: 2 }, 2)];
        await expect(other.put(spec, late, fenceOf(spec, 0))).rejects.toThrow(Fenced);
        await other.put(spec, late, fenceOf(spec, 1));
        expect((await store.get(spec, 'a'))?.doc).toEqual({ n: 2 });
      });

      it('is of the collection that is written to, or none', async () => {
        const spec = await filled([]);
        const fence = { key: 'checkpoint:another', version: 0 };
        await expect(store.put(spec, [stored('a', {}, 1)], fence)).rejects.toThrow(TypeError);
        expect(await store.get(spec, 'a')).toBeUndefined();
      });
    });

    it('says that it is there', async () => {
      await expect(store.ping()).resolves.toBeUndefined();
    });
  });
}
