import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { removeDocument } from '../../support/remove-document.ts';
import { at, collect, filled, idsOf, stored, type Context } from './context.ts';
import { json } from './generators.ts';
import { inOrder } from './model.ts';

export function describeWriting(ctx: Context): void {
  describe('writing', () => {
    describePositions(ctx);
    describeChanges(ctx);
    describeContents(ctx);
  });
}

function describePositions(ctx: Context): void {
  it('keeps a document with its position', async () => {
    const spec = await filled(ctx, [stored('a', { n: 1 }, 3)]);
    expect(await ctx.store.get(spec, 'a')).toEqual({ id: 'a', position: at(3), doc: { n: 1 } });
    expect(await ctx.other.get(spec, 'a')).toEqual({ id: 'a', position: at(3), doc: { n: 1 } });
    expect(await ctx.store.get(spec, 'A')).toBeUndefined();
  });

  it('skips a write of the same or an earlier position', async () => {
    const spec = await filled(ctx, [stored('a', { n: 1 }, 5)]);
    await ctx.store.put(spec, [stored('a', { n: 2 }, 5)]);
    await ctx.store.put(spec, [stored('a', { n: 3 }, 4)]);
    expect((await ctx.store.get(spec, 'a'))?.doc).toEqual({ n: 1 });
    await ctx.store.put(spec, [stored('a', { m: 4 }, 6)]);
    expect(await ctx.store.get(spec, 'a')).toEqual(stored('a', { m: 4 }, 6));
  });

  it('writes what is new in a batch whose other documents are old', async () => {
    const spec = await filled(
      ctx,
      ['a', 'c', 'e'].map((id) => stored(id, { was: id }, 5)),
    );
    await ctx.store.put(spec, [
      stored('a', { now: 'a' }, 4),
      stored('b', { now: 'b' }, 4),
      stored('c', { now: 'c' }, 6),
      stored('d', { now: 'd' }, 6),
      stored('e', { now: 'e' }, 5),
      stored('f', { now: 'f' }, 5),
    ]);
    const all = await collect(ctx.store.scan(spec));
    expect(all.map(({ doc }) => doc)).toEqual([
      { was: 'a' },
      { now: 'b' },
      { now: 'c' },
      { now: 'd' },
      { was: 'e' },
      { now: 'f' },
    ]);
  });
}

function describeChanges(ctx: Context): void {
  it('changes nothing when a batch is repeated', async () => {
    const docs = Array.from({ length: 300 }, (_, n) => stored(`id-${n}`, { n }, n));
    const spec = await filled(ctx, docs);
    await ctx.other.put(spec, docs);
    await ctx.store.put(spec, []);
    const all = await collect(ctx.store.scan(spec));
    expect(all).toEqual(inOrder(docs, []));
  });

  it('leaves the latest position behind, whoever writes at once', async () => {
    const spec = await filled(ctx, []);
    const ids = Array.from({ length: 40 }, (_, n) => `id-${n}`);
    const writes = Array.from({ length: 8 }, (_, n) =>
      (n % 2 ? ctx.store : ctx.other).put(
        spec,
        ids.map((id) => stored(id, { by: n }, n)),
      ),
    );
    await Promise.all(writes);
    const all = await collect(ctx.store.scan(spec));
    expect(all).toEqual(
      inOrder(
        ids.map((id) => stored(id, { by: 7 }, 7)),
        [],
      ),
    );
  });

  it('removes one document', async () => {
    const spec = await filled(ctx, [stored('a', {}), stored('b', {})]);
    await removeDocument(ctx.store, spec, 'a');
    await removeDocument(ctx.store, spec, 'never there');
    expect(idsOf(await collect(ctx.store.scan(spec)))).toEqual(['b']);
    await ctx.store.put(spec, [stored('a', { again: true })]);
    expect((await ctx.store.get(spec, 'a'))?.doc).toEqual({ again: true });
  });
}

function describeContents(ctx: Context): void {
  it('gives back numbers, flags, texts, lists and objects exactly', async () => {
    const spec = await filled(ctx, []);
    let position = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.stringMatching(/^[a-zA-ZĐ][a-zA-Z0-9]{0,9}$/), json, { maxKeys: 6 }),
        async (doc) => {
          position += 1;
          await ctx.store.put(spec, [stored('x', doc, position)]);
          expect((await ctx.store.get(spec, 'x'))?.doc).toEqual(doc);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('does not care about the order of fields', async () => {
    const spec = await filled(ctx, [
      stored('a', { x: 1, y: { p: 1, q: 2 } }),
      stored('b', { y: { q: 2, p: 1 }, x: 1 }),
    ]);
    const page = await ctx.store.find(spec, { filter: { x: 1 }, limit: 10 });
    expect(page.items.map(({ doc }) => doc)).toEqual([
      { x: 1, y: { p: 1, q: 2 } },
      { x: 1, y: { p: 1, q: 2 } },
    ]);
  });

  it.each(['_id', '_position', '$set', 'a.b', ''])(
    'refuses a document with the field name "%s"',
    async (field) => {
      const spec = await filled(ctx, []);
      const writing = ctx.store.put(spec, [stored('a', { [field]: 'x' })]);
      await expect(writing).rejects.toThrow(/field name/);
      expect(await collect(ctx.store.scan(spec))).toEqual([]);
    },
  );
}
