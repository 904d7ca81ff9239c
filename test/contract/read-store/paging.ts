import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidCursor, type CollectionSpec, type Query } from '#read-store';
import { removeDocument } from '../../support/remove-document.ts';
import { at, fill, filled, newSpec, stored, walk, type Context } from './context.ts';
import { documents, order } from './generators.ts';
import { inOrder } from './model.ts';

const fifty7 = Array.from({ length: 57 }, (_, n) =>
  stored(at(n), { n, agency: n < 50 ? 'x' : 'y' }),
);

export function describePaging(ctx: Context): void {
  describe('paging', () => {
    const spec = newSpec({ indexes: [['agency', 'n']] });
    beforeAll(() => fill(ctx, spec, fifty7));
    describeOffsets(ctx, spec);
    describeCursors(ctx, spec);
    describeRefusedCursors(ctx, spec);
    describeRefusedPages(ctx, spec);
  });
}

function describeOffsets(ctx: Context, spec: CollectionSpec): void {
  it('shows from 1 to 10 of 57', async () => {
    const page = await ctx.store.find(spec, { sort: [{ field: 'n' }], limit: 10 });
    expect(page.items).toEqual(fifty7.slice(0, 10));
    expect(page.total).toBe(57);
  });

  it('skips to any page, and beyond the last', async () => {
    const query: Query = { sort: [{ field: 'n', descending: true }], limit: 10 };
    const sixth = await ctx.store.find(spec, { ...query, offset: 50 });
    expect(sixth.items.map(({ doc }) => doc['n'])).toEqual([6, 5, 4, 3, 2, 1, 0]);
    expect(sixth.total).toBe(57);
    expect(sixth.next).toBeUndefined();
    const beyond = await ctx.store.find(spec, { ...query, offset: 60 });
    expect(beyond).toEqual({ items: [], total: 57 });
  });

  it('counts what the filter leaves', async () => {
    const page = await ctx.store.find(spec, { filter: { agency: 'x' }, limit: 3, offset: 4 });
    expect(page.total).toBe(50);
    expect(page.items).toHaveLength(3);
  });

  it('names no next page when the last document is shown', async () => {
    const page = await ctx.store.find(spec, { limit: 57 });
    expect(page.items).toHaveLength(57);
    expect(page.next).toBeUndefined();
  });
}

function describeCursors(ctx: Context, spec: CollectionSpec): void {
  it('walks all pages by cursor, with the total on each', async () => {
    const query: Query = { filter: { agency: 'x' }, sort: [{ field: 'n' }], limit: 7 };
    const pages = await walk(ctx.store, spec, query);
    expect(pages.map(({ items }) => items.length)).toEqual([7, 7, 7, 7, 7, 7, 7, 1]);
    expect(pages.every(({ total }) => total === 50)).toBe(true);
    expect(pages.flatMap(({ items }) => items)).toEqual(fifty7.slice(0, 50));
  });

  it('goes on behind the cursor though documents before it came and went', async () => {
    const own = await filled(ctx, fifty7);
    const query: Query = { sort: [{ field: 'n' }], limit: 5 };
    const first = await ctx.store.find(own, query);
    await removeDocument(ctx.store, own, at(1));
    await ctx.store.put(own, [stored('new', { n: -1 })]);
    const second = await ctx.other.find(own, { ...query, after: first.next ?? '' });
    expect(second.items).toEqual(fifty7.slice(5, 10));
  });

  it('gives by cursor what it gives as a whole, whatever the sort', async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        order,
        fc.integer({ min: 1, max: 6 }),
        async (docs, by, limit) => {
          const own = await filled(ctx, docs, { indexes: [['a'], ['b', 'a']] });
          const whole = await ctx.store.find(own, { sort: by, limit: 1000 });
          expect(whole.items).toEqual(inOrder(docs, by));
          const pages = await walk(ctx.store, own, { sort: by, limit });
          expect(pages.flatMap(({ items }) => items)).toEqual(whole.items);
          expect(pages.every(({ total }) => total === docs.length)).toBe(true);
          expect(pages.slice(0, -1).every(({ items }) => items.length === limit)).toBe(true);
          await ctx.store.drop(own);
        },
      ),
      { numRuns: 60 },
    );
  });
}

function describeRefusedCursors(ctx: Context, spec: CollectionSpec): void {
  it('refuses a cursor of another sort, and what is no cursor', async () => {
    const by = (field: string, descending = false): Query => ({
      sort: [{ field, descending }],
      limit: 2,
    });
    const { next = '' } = await ctx.store.find(spec, by('n'));
    const cut = next.slice(0, -4);
    const forged = Buffer.from('["+n",[{"$gt":""}],"x"]').toString('base64url');
    for (const [query, after] of [
      [by('agency'), next],
      [by('n', true), next],
      [{ limit: 2 }, next],
      [by('n'), cut],
      [by('n'), ''],
      [by('n'), 'garbage'],
      [by('n'), '§§§'],
      [by('n'), forged],
    ] as const) {
      const finding = ctx.store.find(spec, { ...query, after });
      await expect(finding).rejects.toBeInstanceOf(InvalidCursor);
    }
  });
}

function describeRefusedPages(ctx: Context, spec: CollectionSpec): void {
  it.each([
    { limit: 0 },
    { limit: 1001 },
    { limit: 1.5 },
    { limit: 1, offset: -1 },
    { limit: 1, offset: 0.5 },
  ])('refuses the page %j', async (query) => {
    await expect(ctx.store.find(spec, query)).rejects.toThrow(RangeError);
  });

  it('refuses offset and cursor together', async () => {
    const { next = '' } = await ctx.store.find(spec, { limit: 2 });
    const both = ctx.store.find(spec, { limit: 2, offset: 2, after: next });
    await expect(both).rejects.toThrow(TypeError);
  });
}
