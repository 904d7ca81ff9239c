import { describe, expect, it } from '@jest/globals';
import { ReadStoreUnavailable, type Query } from '#read-store';
import { removeDocument } from '../../support/remove-document.ts';
import { collect, filled, newSpec, stored, type Context } from './context.ts';

export function describeCollections(ctx: Context): void {
  describe('collections', () => {
    describeExistence(ctx);
    describeAbsence(ctx);
  });
}

function describeExistence(ctx: Context): void {
  it('are listed while they are there', async () => {
    const spec = newSpec();
    expect(await ctx.store.collections()).not.toContain(spec.name);
    await ctx.store.ensure(spec);
    expect(await ctx.store.collections()).toContain(spec.name);
    expect(await ctx.other.collections()).toContain(spec.name);
    await ctx.store.drop(spec);
    expect(await ctx.store.collections()).not.toContain(spec.name);
    await ctx.store.drop(spec);
  });

  it('never include the control records', async () => {
    await ctx.store.writeRecord('any', {}, 0);
    expect(await ctx.store.collections()).not.toContain('control');
  });

  it('are made once, whoever asks at once, and again without loss', async () => {
    const spec = newSpec({ indexes: [['a'], ['a', 'b'], ['c', 'b', 'a']] });
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => (n % 2 ? ctx.store : ctx.other).ensure(spec)),
    );
    await ctx.store.put(spec, [stored('a', { a: 1 })]);
    await Promise.all([ctx.store.ensure(spec), ctx.other.ensure(spec)]);
    expect((await ctx.other.find(spec, { filter: { a: 1 }, limit: 1 })).total).toBe(1);
  });

  it('get an index that is declared later', async () => {
    const spec = await filled(ctx, [stored('a', { a: 1 })]);
    const more = { ...spec, indexes: [['a']] };
    await ctx.store.ensure(more);
    expect((await ctx.store.find(more, { filter: { a: 1 }, limit: 1 })).total).toBe(1);
  });
}

function describeAbsence(ctx: Context): void {
  it('read as empty where they were never made', async () => {
    const spec = newSpec({ searchable: ['a'] });
    expect(await ctx.store.get(spec, 'a')).toBeUndefined();
    expect(await ctx.store.getMany(spec, ['a'])).toEqual([]);
    expect(await collect(ctx.store.scan(spec))).toEqual([]);
    const query: Query = { filter: { a: 1 }, search: 'x', sort: [{ field: 'a' }], limit: 1 };
    expect(await ctx.store.find(spec, query)).toEqual({ items: [], total: 0 });
    await removeDocument(ctx.store, spec, 'a');
    expect(await ctx.store.collections()).not.toContain(spec.name);
  });

  it('take no document where they were never made', async () => {
    const spec = newSpec();
    const writing = ctx.store.put(spec, [stored('a', {})]);
    await expect(writing).rejects.toThrow(/does not exist/);
    await expect(writing).rejects.not.toBeInstanceOf(ReadStoreUnavailable);
    expect(await ctx.store.collections()).not.toContain(spec.name);
  });

  it('may be dropped and made again by another process', async () => {
    const spec = await filled(ctx, [stored('a', { n: 1 }, 9)], { indexes: [['n']] });
    expect((await ctx.store.find(spec, { filter: { n: 1 }, limit: 1 })).total).toBe(1);
    await ctx.other.drop(spec);
    expect(await ctx.store.get(spec, 'a')).toBeUndefined();
    expect(await ctx.store.find(spec, { filter: { n: 1 }, limit: 1 })).toEqual({
      items: [],
      total: 0,
    });
    await expect(ctx.store.put(spec, [stored('a', {})])).rejects.toThrow(/does not exist/);
    await ctx.other.ensure(spec);
    await ctx.store.put(spec, [stored('a', { n: 2 })]);
    expect((await ctx.store.find(spec, { filter: { n: 2 }, limit: 1 })).total).toBe(1);
    expect((await ctx.store.get(spec, 'a'))?.doc).toEqual({ n: 2 });
  });
}
