import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  MOST_COUNTED,
  type CollectionSpec,
  type Doc,
  type Query,
  type StoredDoc,
} from '#read-store';
import { foldVietnamese } from '../../../libs/read-store/text.ts';
import { fill, filled, idsOf, newSpec, stored, type Context } from './context.ts';

const OFFICE = { agency: 'Bắc Kạn "1"', book: 'b*' };
const of =
  (fields: Doc, prefix = '') =>
  (one: StoredDoc) => ({
    ...one,
    id: prefix + one.id,
    doc: { ...one.doc, ...fields },
  });

const DOCS = [
  stored('1', { name: '01/2024-SCTĐT/BS', title: 'Sổ chứng thực' }),
  stored('2', { name: '02/2024-SCTĐT/BS', title: 'SỔ  CHỨNG\nTHỰC điện tử' }),
  stored('3', { name: 'Đặng Thị Bưởi', title: 'Giấy khai sinh'.normalize('NFD') }),
  stored('4', { name: null, title: 'chứng', hidden: 'Sổ chứng thực' }),
  stored('5', {}),
  stored('6', { name: 'đuôi', title: 'thực hoà thuý khoẻ' }),
];

export function describeSearching(ctx: Context): void {
  describe('searching', () => {
    describe('among all', () => describeSearches(ctx, {}));
    describe('by an index', () => describeSearches(ctx, { searchedWithin: ['agency', 'book'] }));
    describeLargeSearches(ctx);
  });
}

function describeSearches(ctx: Context, rest: Partial<CollectionSpec>): void {
  const spec = newSpec({ searchable: ['name', 'title'], ...rest });
  beforeAll(async () => {
    await fill(ctx, spec, DOCS.map(of(OFFICE)));
    await ctx.store.put(spec, DOCS.map(of({ agency: 'other', book: 'b' }, 'o')));
  });
  describeWords(async (search) => {
    const { items } = await ctx.store.find(spec, { search, filter: OFFICE, limit: 100 });
    return idsOf(items);
  });
  describeSearchesInQueries(ctx, spec);
}

function describeWords(search: (words: string) => Promise<string[]>): void {
  it('ignores case and diacritics, in what is sought and what is stored', async () => {
    expect(await search('so chung thuc')).toEqual(['1', '2']);
    expect(await search('SỔ CHỨNG THỰC')).toEqual(['1', '2']);
    expect(await search('khai sinh')).toEqual(['3']);
    expect(await search('dang thi buoi')).toEqual(['3']);
    expect(await search('Đặng'.normalize('NFD'))).toEqual(['3']);
  });

  it('does not mind where in a syllable its tone was put', async () => {
    expect(await search('hòa thúy khỏe')).toEqual(['6']);
    expect(await search('hoà thuý khoẻ'.normalize('NFD'))).toEqual(['6']);
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

  it('finds words by their beginnings, and pieces of numbers', async () => {
    expect(await search('chu thu')).toEqual(['1', '2']);
    expect(await search('hung')).toEqual([]);
    expect(await search('01/2024')).toEqual(['1']);
    expect(await search('02')).toEqual(['2']);
    expect(await search('024')).toEqual([]);
    expect(await search('2024-SCTĐT/BS')).toEqual(['1', '2']);
  });

  it('finds nothing for signs alone', async () => {
    for (const signs of ['%', '_', '"', '*', '-', '" OR "', '. .']) {
      expect([signs, await search(signs)]).toEqual([signs, []]);
    }
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
}

function describeSearchesInQueries(ctx: Context, spec: CollectionSpec): void {
  it('goes together with filter, sort and total', async () => {
    const query: Query = {
      search: 'chung',
      filter: { ...OFFICE, name: { ne: null } },
      sort: [{ field: 'name', descending: true }],
      limit: 1,
    };
    const page = await ctx.store.find(spec, query);
    expect(idsOf(page.items)).toEqual(['2']);
    expect(page.total).toBe(2);
  });

  it('follows the document when it changes', async () => {
    const rest = { searchable: ['name'], searchedWithin: spec.searchedWithin };
    const own = await filled(ctx, [stored('a', { ...OFFICE, name: 'Sổ cũ' })], rest);
    const totalOf = async (search: string, filter: Doc = OFFICE): Promise<number> =>
      (await ctx.store.find(own, { search, filter: filter as never, limit: 1 })).total;
    await ctx.store.put(own, [stored('a', { ...OFFICE, name: 'Sổ mới' }, 2)]);
    await ctx.store.put(own, [stored('a', { ...OFFICE, name: 'Sổ xưa' }, 1)]);
    expect([await totalOf('moi'), await totalOf('cu'), await totalOf('xua')]).toEqual([1, 0, 0]);
    const moved = { agency: 'moved', book: 'b' };
    await ctx.other.put(own, [stored('a', { ...moved, name: 'Sổ mới' }, 3)]);
    expect([await totalOf('moi'), await totalOf('moi', moved)]).toEqual([0, 1]);
    await ctx.store.mend(own, { id: 'a', found: stored('a', {}, 3).position, doc: undefined });
    expect(await totalOf('moi', moved)).toBe(0);
  });
}

/** More than are sorted for a page, and fewer. */
function describeLargeSearches(ctx: Context): void {
  const names = ['Trần Thị Ân', 'Nguyễn Văn Bình', 'Lê Thị Đào', 'Nguyễn Thị Em'];
  const many = Array.from({ length: 3 * MOST_COUNTED }, (_, n) =>
    stored(String(n).padStart(5, '0'), {
      ...OFFICE,
      name: `${names[n % 4] ?? ''} ${String(n).padStart(4, '0')}`,
      state: n % 2 === 0 ? 'even' : 'odd',
      n: (n * 7919) % 3001,
    }),
  );
  const rest = { searchable: ['name'], searchedWithin: ['agency', 'book'], indexes: [['n']] };
  const words = (text: string): string[] => foldVietnamese(text).split(' ');
  const wanted = (search: string, more: Doc = {}): StoredDoc[] =>
    many
      .filter(({ doc }) =>
        words(search).every((word) =>
          words(doc['name'] as string).some((one) => one.startsWith(word)),
        ),
      )
      .filter(({ doc }) => Object.entries(more).every(([field, value]) => doc[field] === value))
      .sort((a, b) => Number(b.doc['n']) - Number(a.doc['n']));

  it.each([
    ['th', {}],
    ['nguyen', {}],
    ['nguyen', { state: 'odd' }],
    ['binh', {}],
    ['binh 00', {}],
    ['dao 0012', {}],
    ['0012 tran', {}],
    ['tran binh', {}],
  ])('by an index are what looking through gives: %j, %j', async (search, more) => {
    const spec = newSpec(rest);
    const load = await ctx.store.load(spec);
    await load.write(many.slice(0, 1500));
    await load.finish();
    await ctx.other.put(spec, many.slice(1000));
    const all = wanted(search, more);
    const filter = { ...OFFICE, ...more };
    const query: Query = { search, filter, sort: [{ field: 'n', descending: true }], limit: 20 };
    const first = await ctx.other.find(spec, query);
    expect(first.items).toEqual(all.slice(0, 20));
    expect(first.total).toBe(Math.min(all.length, MOST_COUNTED));
    expect(first.totalIsAtLeast ?? false).toBe(all.length > MOST_COUNTED);
    const third = await ctx.other.find(spec, { ...query, offset: 40 });
    expect(third.items).toEqual(all.slice(40, 60));
    if (first.next === undefined) return;
    const second = await ctx.other.find(spec, { ...query, after: first.next });
    expect(second.items).toEqual(all.slice(20, 40));
  });
}
