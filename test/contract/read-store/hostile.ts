import { beforeAll, describe, expect, it } from '@jest/globals';
import type { CollectionSpec } from '#read-store';
import { foldVietnamese } from '../../../libs/read-store/text.ts';
import { at, fill, newSpec, stored, type Context } from './context.ts';
import { HOSTILE } from './generators.ts';

export function describeHostileValues(ctx: Context): void {
  describe('hostile values', () => {
    const spec = newSpec({ searchable: ['value'] });
    const docs = HOSTILE.map((value, n) => stored(`h${at(n)}`, { value }));
    beforeAll(() => fill(ctx, spec, docs));
    describeMeanings(ctx, spec);
    describeRefusals(ctx, spec);
  });
}

const wordsIn = (text: string): string[] =>
  foldVietnamese(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

const has = (value: string, search: string): boolean =>
  wordsIn(search).length > 0 &&
  wordsIn(search).every((word) => wordsIn(value).some((one) => one.startsWith(word)));

function describeMeanings(ctx: Context, spec: CollectionSpec): void {
  it.each(HOSTILE)('%j means itself', async (value) => {
    const [equal, differing] = await Promise.all([
      ctx.store.find(spec, { filter: { value }, limit: 100 }),
      ctx.store.find(spec, { filter: { value: { ne: value } }, limit: 100 }),
    ]);
    expect(equal.items.map(({ doc }) => doc['value'])).toEqual([value]);
    expect(differing.total).toBe(HOSTILE.length - 1);
  });

  it.each(['%', '_', '.*', '^.', '(?i)a|b', '\\', '?', '$gt', "'", '{"$gt":""}', '[object'])(
    'searching for %j looks for its words, and for no pattern',
    async (search) => {
      const page = await ctx.store.find(spec, { search, limit: 100 });
      const wanted = HOSTILE.filter((value) => has(value, search));
      expect(page.items.map(({ doc }) => doc['value'])).toEqual(wanted);
    },
  );
}

function describeRefusals(ctx: Context, spec: CollectionSpec): void {
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
    const finding = ctx.store.find(spec, { filter: refused as never, limit: 10 });
    await expect(finding).rejects.toThrow(TypeError);
  });

  it.each(['$natural', 'a.b', '_search', 'x") DESC --', ''])(
    'refuses to sort by %j',
    async (field) => {
      await expect(ctx.store.find(spec, { sort: [{ field }], limit: 1 })).rejects.toThrow(
        TypeError,
      );
    },
  );

  it.each(['Abc', 'system.users', 'a-b', 'x; DROP TABLE control', '', 'control', '$cmd'])(
    'refuses a collection called %j',
    async (bad) => {
      const badly = newSpec({ name: bad });
      await expect(ctx.store.ensure(badly)).rejects.toThrow(TypeError);
      await expect(ctx.store.get(badly, 'a')).rejects.toThrow(TypeError);
      await expect(ctx.store.drop(badly)).rejects.toThrow(TypeError);
    },
  );
}
