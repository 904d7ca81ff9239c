import { beforeAll, describe, expect, it } from '@jest/globals';
import type { CollectionSpec, Query } from '#read-store';
import { fill, filled, idsOf, newSpec, stored, type Context } from './context.ts';

const DOCS = [
  stored('1', { name: '01/2024-SCTĐT/BS', title: 'Sổ chứng thực' }),
  stored('2', { name: '02/2024-SCTĐT/BS', title: 'SỔ  CHỨNG\nTHỰC điện tử' }),
  stored('3', { name: 'Đặng Thị Bưởi', title: 'Giấy khai sinh'.normalize('NFD') }),
  stored('4', { name: null, title: 'chứng', hidden: 'Sổ chứng thực' }),
  stored('5', {}),
  stored('6', { name: 'đuôi', title: 'thực' }),
];

export function describeSearching(ctx: Context): void {
  describe('searching', () => {
    const spec = newSpec({ searchable: ['name', 'title'] });
    beforeAll(() => fill(ctx, spec, DOCS));
    describeWords(async (search) => {
      const { items } = await ctx.store.find(spec, { search, limit: 100 });
      return idsOf(items);
    });
    describeSearchesInQueries(ctx, spec);
  });
}

function describeWords(search: (words: string) => Promise<string[]>): void {
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
}

function describeSearchesInQueries(ctx: Context, spec: CollectionSpec): void {
  it('goes together with filter, sort and total', async () => {
    const query: Query = {
      search: 'chung',
      filter: { name: { ne: null } },
      sort: [{ field: 'name', descending: true }],
      limit: 1,
    };
    const page = await ctx.store.find(spec, query);
    expect(idsOf(page.items)).toEqual(['2']);
    expect(page.total).toBe(2);
  });

  it('follows the document when it changes', async () => {
    const own = await filled(ctx, [stored('a', { name: 'Sổ cũ' })], { searchable: ['name'] });
    await ctx.store.put(own, [stored('a', { name: 'Sổ mới' }, 2)]);
    await ctx.store.put(own, [stored('a', { name: 'Sổ xưa' }, 1)]);
    expect((await ctx.store.find(own, { search: 'moi', limit: 1 })).total).toBe(1);
    expect((await ctx.store.find(own, { search: 'cu', limit: 1 })).total).toBe(0);
    expect((await ctx.store.find(own, { search: 'xua', limit: 1 })).total).toBe(0);
  });
}
