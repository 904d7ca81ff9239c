import { describe, expect, it } from '@jest/globals';
import { at, collect, filled, stored, type Context } from './context.ts';

export function describeMending(ctx: Context): void {
  describe('mending', () => {
    it('writes over what was found, and only over that', async () => {
      const spec = await filled(ctx, [stored('a', { n: 1 }, 5)], { searchable: ['name'] });
      const doc = stored('a', { n: 2, name: 'Đúng' }, 5);
      expect(await ctx.store.mend(spec, { id: 'a', found: at(4), doc })).toBe(false);
      expect(await ctx.store.mend(spec, { id: 'b', found: at(5), doc })).toBe(false);
      expect(await ctx.store.mend(spec, { id: 'a', found: undefined, doc })).toBe(false);
      expect((await ctx.store.get(spec, 'a'))?.doc).toEqual({ n: 1 });
      expect(await ctx.store.mend(spec, { id: 'a', found: at(5), doc })).toBe(true);
      expect(await ctx.other.get(spec, 'a')).toEqual(doc);
      expect((await ctx.other.find(spec, { search: 'dung', limit: 1 })).total).toBe(1);
      // Back to an earlier position, too: what was found there claimed too much.
      const earlier = stored('a', { n: 3 }, 2);
      expect(await ctx.store.mend(spec, { id: 'a', found: at(5), doc: earlier })).toBe(true);
      expect(await ctx.other.get(spec, 'a')).toEqual(earlier);
    });

    it('adds what is missing and takes away what is surplus, where it still is', async () => {
      const spec = await filled(ctx, [stored('a', { n: 1 }, 5)]);
      const doc = stored('b', { n: 2 }, 3);
      expect(await ctx.store.mend(spec, { id: 'b', found: undefined, doc })).toBe(true);
      expect(await ctx.store.mend(spec, { id: 'b', found: undefined, doc })).toBe(false);
      expect(await ctx.store.mend(spec, { id: 'a', found: at(4), doc: undefined })).toBe(false);
      expect(await ctx.store.mend(spec, { id: 'a', found: at(5), doc: undefined })).toBe(true);
      expect(await collect(ctx.other.scan(spec))).toEqual([doc]);
    });
  });
}
