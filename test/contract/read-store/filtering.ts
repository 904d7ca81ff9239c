import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CollectionSpec, Condition } from '#read-store';
import { fill, filled, idsOf, newSpec, sorted, stored, type Context } from './context.ts';
import { documents, filter } from './generators.ts';
import { describeHostileValues } from './hostile.ts';
import { fieldOf, holds, inOrder } from './model.ts';

const DOCS = [
  stored('missing', {}),
  stored('null', { a: null }),
  stored('one', { a: 1 }),
  stored('two', { a: 2.5 }),
  stored('ten', { a: 10 }),
  stored('text 1', { a: '1' }),
  stored('text b', { a: 'b' }),
  stored('true', { a: true }),
  stored('false', { a: false }),
];

/** A condition, and whom it fits. */
const CASES: readonly (readonly [Condition, readonly string[]])[] = [
  [1, ['one']],
  ['1', ['text 1']],
  [true, ['true']],
  [false, ['false']],
  [null, ['missing', 'null']],
  [{ gt: 1 }, ['ten', 'two']],
  [{ gte: 1 }, ['one', 'ten', 'two']],
  [{ lt: 10 }, ['one', 'two']],
  [{ lte: 10, gt: 1 }, ['ten', 'two']],
  [{ gt: '1' }, ['text b']],
  [{ lt: 'b' }, ['text 1']],
  [{ gte: '' }, ['text 1', 'text b']],
  [{ gte: false }, ['false', 'true']],
  [{ lt: true }, ['false']],
  [{ gt: null }, []],
  [{ lte: null }, ['missing', 'null']],
  [{ ne: 1 }, ['false', 'missing', 'null', 'ten', 'text 1', 'text b', 'true', 'two']],
  [{ ne: true }, ['false', 'missing', 'null', 'one', 'ten', 'text 1', 'text b', 'two']],
  [{ ne: null }, ['false', 'one', 'ten', 'text 1', 'text b', 'true', 'two']],
  [{ ne: 'b', gte: '' }, ['text 1']],
  [{ in: ['b', '1', 'nobody', 'b'] }, ['text 1', 'text b']],
  [{ in: ['true', 'null'] }, []],
  [{ in: [] }, []],
];

export function describeFiltering(ctx: Context): void {
  describe('filtering', () => {
    describe('without an index', () => describeCases(ctx, []));
    describe('on an index', () => describeCases(ctx, [['a']]));
    describeFilters(ctx);
    describeHostileValues(ctx);
  });
}

function describeCases(ctx: Context, indexes: CollectionSpec['indexes']): void {
  const spec = newSpec({ indexes });
  beforeAll(() => fill(ctx, spec, DOCS));

  it.each(CASES)('a is %j', async (condition, ids) => {
    const page = await ctx.store.find(spec, { filter: { a: condition }, limit: 100 });
    expect(idsOf(page.items)).toEqual(sorted(ids));
    expect(page.total).toBe(ids.length);
  });
}

function describeFilters(ctx: Context): void {
  it('wants all conditions to hold', async () => {
    const spec = await filled(ctx, [
      stored('a', { x: 1, y: 1 }),
      stored('b', { x: 1, y: 2 }),
      stored('c', { x: 2, y: 2 }),
    ]);
    const page = await ctx.store.find(spec, { filter: { x: 1, y: { gt: 1 } }, limit: 10 });
    expect(idsOf(page.items)).toEqual(['b']);
  });

  it('answers any filter as it reads', async () => {
    await fc.assert(
      fc.asyncProperty(documents, filter, async (some, conditions) => {
        const spec = await filled(ctx, some, { indexes: [['a', 'b']] });
        const { items, total } = await ctx.store.find(spec, { filter: conditions, limit: 100 });
        const wanted = some.filter(({ doc }) =>
          Object.entries(conditions).every(([field, one]) => holds(fieldOf(doc, field), one)),
        );
        expect(items).toEqual(inOrder(wanted, []));
        expect(total).toBe(wanted.length);
        await ctx.store.drop(spec);
      }),
      { numRuns: 60 },
    );
  });
}
