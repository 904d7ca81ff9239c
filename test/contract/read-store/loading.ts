import { describe, expect, it } from '@jest/globals';
import { CollectionDropped, CollectionExists, type Scalar, type StoredDoc } from '#read-store';
import { collect, filled, idsOf, newSpec, stored, type Context } from './context.ts';
import { HOSTILE } from './generators.ts';
import { loaded, many, settings } from './loaded.ts';
import { inOrder } from './model.ts';
import { describeMilestones, describeOvertakenLoads } from './resuming.ts';

export function describeLoading(ctx: Context): void {
  describe('loading', () => {
    describeLoadedCollections(ctx);
    describeLoadedDocuments(ctx);
    describeNamesTaken(ctx);
    describeLoadsBesideOthers(ctx);
    describeMilestones(ctx);
    describeOvertakenLoads(ctx);
  });
}

function describeLoadedCollections(ctx: Context): void {
  it('leaves a collection like any other', async () => {
    const spec = await loaded(ctx, many, settings);
    for (const reader of [ctx.store, ctx.other]) {
      expect(await collect(reader.scan(spec))).toEqual(many);
      expect(await reader.collections()).toContain(spec.name);
      const page = await reader.find(spec, {
        search: 'so 249',
        sort: [{ field: 'n' }],
        limit: 3,
      });
      expect(idsOf(page.items)).toEqual(['id-0249', 'id-2490', 'id-2491']);
      expect(page.total).toBe(11);
    }
    await ctx.store.ensure(spec);
    await ctx.other.put(spec, [stored('id-0001', { n: -1 }, 1), stored('new', { n: -2 }, 1)]);
    await ctx.store.put(spec, [stored('id-0001', { n: -3, name: 'Khác' }, 9000)]);
    expect((await ctx.other.get(spec, 'id-0001'))?.doc).toEqual({ n: -3, name: 'Khác' });
    const least = await ctx.other.find(spec, { sort: [{ field: 'n' }], limit: 2 });
    expect(idsOf(least.items)).toEqual(['id-0001', 'new']);
    expect((await ctx.store.find(spec, { search: 'khac', limit: 9 })).total).toBe(1);
    await ctx.other.drop(spec);
    expect(await ctx.store.get(spec, 'id-0002')).toBeUndefined();
    expect(await ctx.store.collections()).not.toContain(spec.name);
    await expect(ctx.store.put(spec, many.slice(0, 1))).rejects.toThrow(/does not exist/);
    await ctx.store.ensure(spec);
    await ctx.other.put(spec, many.slice(0, 1));
    expect(await collect(ctx.store.scan(spec))).toEqual(many.slice(0, 1));
  });

  it('may be of nothing', async () => {
    const spec = await loaded(ctx, []);
    expect(await ctx.store.collections()).toContain(spec.name);
    expect(await collect(ctx.other.scan(spec))).toEqual([]);
  });
}

function describeLoadedDocuments(ctx: Context): void {
  it('keeps each document as it was written last, and shows it so meanwhile', async () => {
    const spec = newSpec(settings);
    const load = await ctx.store.load(spec);
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
    expect(await collect(ctx.other.scan(spec))).toEqual(inOrder([...model.values()], []));
    const newest = await ctx.store.find(spec, { filter: { n: 60 }, search: 'vong 60', limit: 50 });
    expect(newest.total).toBe(40);
  });

  it('gives back what is hostile or odd exactly', async () => {
    const docs = HOSTILE.map((text, n) => stored(`${String(n)}${text}`, { text, c: n % 2 === 0 }));
    const spec = await loaded(ctx, docs, { indexes: [['text'], ['c']] });
    expect(await collect(ctx.other.scan(spec))).toEqual(inOrder(docs, []));
    for (const { id, doc } of docs) {
      const { items } = await ctx.store.find(spec, {
        filter: { text: doc['text'] as Scalar },
        limit: 9,
      });
      expect(idsOf(items)).toEqual([id]);
    }
    const load = await ctx.store.load(newSpec());
    await expect(load.write([stored('a', { $n: 1 })])).rejects.toThrow(TypeError);
    await load.abandon();
  });
}

function describeNamesTaken(ctx: Context): void {
  it('takes the name, and leaves nothing when it is abandoned', async () => {
    const spec = newSpec();
    const load = await ctx.store.load(spec);
    await load.write(many.slice(0, 10));
    expect(await ctx.other.collections()).toContain(spec.name);
    await expect(ctx.store.load(spec)).rejects.toBeInstanceOf(CollectionExists);
    await expect(ctx.other.load(spec)).rejects.toBeInstanceOf(CollectionExists);
    await load.abandon();
    expect(await ctx.other.collections()).not.toContain(spec.name);
    const again = await ctx.other.load(spec);
    await again.write(many.slice(0, 3));
    await again.finish();
    expect(await collect(ctx.store.scan(spec))).toEqual(many.slice(0, 3));
  });

  it('is refused where the collection exists, however it was made', async () => {
    const [put, load] = [await filled(ctx, many.slice(0, 1)), await loaded(ctx, many.slice(0, 1))];
    for (const spec of [put, load]) {
      await expect(ctx.other.load(spec)).rejects.toBeInstanceOf(CollectionExists);
      expect(await collect(ctx.store.scan(spec))).toHaveLength(1);
    }
  });

  it('is told when the collection was dropped meanwhile', async () => {
    const spec = newSpec();
    const load = await ctx.store.load(spec);
    await load.write(many.slice(0, 10));
    await ctx.other.drop(spec);
    await expect(load.finish()).rejects.toBeInstanceOf(CollectionDropped);
    await load.abandon();
    expect(await ctx.store.collections()).not.toContain(spec.name);
  });
}

function describeLoadsBesideOthers(ctx: Context): void {
  it('goes on beside writers of other collections, and beside other loads', async () => {
    const [spec, second] = [newSpec(settings), newSpec()];
    const loads = [await ctx.store.load(spec), await ctx.store.load(second)];
    const beside = await filled(ctx, []);
    for (let from = 0; from < many.length; from += 500) {
      const docs = many.slice(from, from + 500);
      for (const load of loads) await load.write(docs);
      await ctx.other.put(beside, docs);
      expect(await ctx.other.get(beside, docs[499]?.id ?? '')).toEqual(docs[499]);
    }
    for (const load of loads) await load.finish();
    for (const one of [spec, second, beside]) {
      expect(await collect(ctx.store.scan(one))).toEqual(many);
    }
  });

  it('has records of its own, as any collection', async () => {
    const spec = await loaded(ctx, many.slice(0, 1));
    const key = `checkpoint:${spec.name}`;
    expect(await ctx.store.writeRecord(key, { position: '1' }, 0)).toBe(true);
    expect(await ctx.other.readRecord(key)).toEqual({ value: { position: '1' }, version: 1 });
    expect(await ctx.other.writeRecord(key, { position: '2' }, 0)).toBe(false);
    expect(await ctx.other.writeRecord(key, { position: '2' }, 1)).toBe(true);
    expect((await ctx.store.readRecord(key))?.value).toEqual({ position: '2' });
  });
}
