import { describe, expect, it } from '@jest/globals';
import { filled, idsOf, stored, type Context } from './context.ts';

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

export function describeSorting(ctx: Context): void {
  describe('sorting', () => {
    it.each([[[]], [[['a']]]])(
      'puts missing and null first, then numbers, then text; indexes %j',
      async (indexes) => {
        const spec = await filled(ctx, docs, { indexes });
        const up = await ctx.store.find(spec, { sort: [{ field: 'a' }], limit: 100 });
        expect(idsOf(up.items)).toEqual(['b', 'h', 'g', 'c', 'i', 'e', 'a', 'd', 'f']);
        const down = await ctx.store.find(spec, {
          sort: [{ field: 'a', descending: true }],
          limit: 100,
        });
        expect(idsOf(down.items)).toEqual(['f', 'd', 'a', 'e', 'i', 'c', 'g', 'h', 'b']);
      },
    );

    it('sorts flags', async () => {
      const spec = await filled(ctx, [
        stored('a', { c: true }),
        stored('b', { c: false }),
        stored('c', {}),
      ]);
      const page = await ctx.store.find(spec, { sort: [{ field: 'c' }], limit: 10 });
      expect(idsOf(page.items)).toEqual(['c', 'b', 'a']);
    });

    it('sorts by id where nothing else is said', async () => {
      const spec = await filled(ctx, docs);
      const page = await ctx.store.find(spec, { limit: 100 });
      expect(idsOf(page.items)).toEqual('a b c d e f g h i'.split(' '));
    });
  });
}
