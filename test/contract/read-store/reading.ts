import { describe, expect, it } from '@jest/globals';
import { at, collect, filled, idsOf, sorted, stored, type Context } from './context.ts';

export function describeReading(ctx: Context): void {
  describe('reading by id', () => {
    describeGets(ctx);
    describeScans(ctx);
  });
}

function describeGets(ctx: Context): void {
  it('gives those that exist of many', async () => {
    const spec = await filled(
      ctx,
      ['a', "b'", '$c', 'ổ'].map((id) => stored(id, { id })),
    );
    const found = await ctx.store.getMany(spec, ['ổ', 'a', 'missing', "b'", '$c', 'A']);
    expect(sorted(idsOf(found))).toEqual(sorted(['a', "b'", '$c', 'ổ']));
    expect(await ctx.store.getMany(spec, [])).toEqual([]);
  });

  it('gives more of them at once than a statement has parameters', async () => {
    const docs = Array.from({ length: 2500 }, (_, n) => stored(`id-${n}`, { n }));
    const spec = await filled(ctx, docs);
    expect(await ctx.store.getMany(spec, idsOf(docs))).toHaveLength(2500);
  });
}

function describeScans(ctx: Context): void {
  it('scans every document once, in order of id by its bytes', async () => {
    const ids = Array.from(
      { length: 1203 },
      (_, n) => `${n % 7 ? 'a' : 'Đ'}${n}${n % 3 ? '😀' : ''}`,
    );
    const spec = await filled(
      ctx,
      ids.map((id) => stored(id, { id })),
    );
    expect(idsOf(await collect(ctx.store.scan(spec)))).toEqual(sorted(ids));
  });

  it('scans while others write, and when it is left in the middle', async () => {
    const spec = await filled(
      ctx,
      Array.from({ length: 1200 }, (_, n) => stored(at(n), { n })),
    );
    const seen: string[] = [];
    for await (const { id } of ctx.store.scan(spec)) {
      if (seen.length % 100 === 0) await ctx.store.put(spec, [stored(id, { again: true }, 2)]);
      seen.push(id);
    }
    expect(seen).toHaveLength(1200);
    for await (const { id } of ctx.store.scan(spec)) {
      expect(id).toBe(at(0));
      break;
    }
    await ctx.store.drop(spec);
  });
}
