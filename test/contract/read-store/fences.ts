import { describe, expect, it } from '@jest/globals';
import { Fenced, type CollectionSpec, type Fence } from '#read-store';
import { collect, filled, newSpec, stored, type Context } from './context.ts';

const fenceOf = ({ name: collection }: CollectionSpec, version: number): Fence => ({
  key: `checkpoint:${collection}`,
  version,
});

export function describeFences(ctx: Context): void {
  describe('a fence', () => {
    describeHolders(ctx);
    describeFencedCollections(ctx);
  });
}

function describeHolders(ctx: Context): void {
  it('lets the writer through whose record it is', async () => {
    const spec = await filled(ctx, [stored('a', { n: 1 }, 1)]);
    await ctx.store.put(spec, [stored('a', { n: 2 }, 2)], fenceOf(spec, 0));
    await ctx.store.writeRecord(fenceOf(spec, 0).key, { holder: 'one' }, 0);
    await ctx.store.put(spec, [stored('b', { n: 3 }, 3)], fenceOf(spec, 1));
    expect((await collect(ctx.store.scan(spec))).map(({ doc }) => doc)).toEqual([
      { n: 2 },
      { n: 3 },
    ]);
  });

  it('stops one who has been overtaken, whatever it would have written', async () => {
    const spec = await filled(ctx, [stored('a', { n: 1 }, 1)]);
    const before = await collect(ctx.store.scan(spec));
    await ctx.store.writeRecord(fenceOf(spec, 0).key, { holder: 'one' }, 0);
    await ctx.other.writeRecord(fenceOf(spec, 0).key, { holder: 'two' }, 1);
    const late = [stored('a', { n: 9 }, 9), stored('b', { n: 9 }, 9)];
    await expect(ctx.store.put(spec, late, fenceOf(spec, 1))).rejects.toThrow(Fenced);
    await expect(ctx.store.put(spec, late, fenceOf(spec, 0))).rejects.toThrow(Fenced);
    expect(await collect(ctx.other.scan(spec))).toEqual(before);
    await ctx.other.put(spec, late, fenceOf(spec, 2));
    expect((await ctx.store.get(spec, 'b'))?.doc).toEqual({ n: 9 });
  });
}

function describeFencedCollections(ctx: Context): void {
  it('stands with the documents of a collection that was loaded, too', async () => {
    const spec = newSpec();
    const load = await ctx.store.load(spec);
    await load.write([stored('a', { n: 1 }, 1)]);
    await load.finish();
    await ctx.store.writeRecord(fenceOf(spec, 0).key, { holder: 'one' }, 0);
    const late = [stored('a', { n: 2 }, 2)];
    await expect(ctx.other.put(spec, late, fenceOf(spec, 0))).rejects.toThrow(Fenced);
    await ctx.other.put(spec, late, fenceOf(spec, 1));
    expect((await ctx.store.get(spec, 'a'))?.doc).toEqual({ n: 2 });
  });

  it('is of the collection that is written to, or none', async () => {
    const spec = await filled(ctx, []);
    const fence = { key: 'checkpoint:another', version: 0 };
    await expect(ctx.store.put(spec, [stored('a', {}, 1)], fence)).rejects.toThrow(TypeError);
    expect(await ctx.store.get(spec, 'a')).toBeUndefined();
  });
}
