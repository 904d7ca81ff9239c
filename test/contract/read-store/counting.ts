import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Fenced, MOST_COUNTED, type Page, type Query, type StoredDoc } from '#read-store';
import { removeDocument } from '../../support/remove-document.ts';
import { at, fill, filled, newSpec, stored, type Context } from './context.ts';
import { holds } from './model.ts';

const MANY = MOST_COUNTED + 30;
const counted = [['agency', 'state'], ['subject']];
const many = Array.from({ length: MANY }, (_, n) =>
  stored(at(n), {
    agency: 'x',
    state: n % 100 === 0 ? 'voided' : 'assigned',
    subject: n < 3 ? 'few' : 'many',
    n,
  }),
);

/** Queries that one group or the other knows the total of. */
const asked: readonly NonNullable<Query['filter']>[] = [
  {},
  { agency: 'x' },
  { agency: 'y' },
  { agency: 'x', state: 'voided' },
  { agency: 'x', state: { ne: 'voided' } },
  { state: 'assigned' },
  { agency: { ne: 'x' } },
  { subject: 'many' },
  { subject: { ne: 'few' } },
];

type Total = Pick<Page, 'total' | 'totalIsAtLeast'>;
const totalOf = ({ total, totalIsAtLeast }: Page): Total => ({
  total,
  ...(totalIsAtLeast && { totalIsAtLeast }),
});

/** Every total is what a count of all documents would be. */
async function expectExact(
  ctx: Context,
  spec: Parameters<Context['store']['find']>[0],
  docs: readonly StoredDoc[],
): Promise<void> {
  for (const filter of asked) {
    const total = docs.filter(({ doc }) =>
      Object.entries(filter).every(([field, one]) => holds((doc[field] ?? null) as string, one)),
    ).length;
    const page = await ctx.other.find(spec, { filter, limit: 1 });
    expect([filter, totalOf(page)]).toEqual([filter, { total }]);
  }
}

export function describeCounting(ctx: Context): void {
  describe('counting', () => {
    describeKept(ctx);
    describeWriters(ctx);
    describeBounded(ctx);
  });
}

function describeKept(ctx: Context): void {
  it('is exact for counted groups, however many there are', async () => {
    const spec = newSpec({ counted });
    await fill(ctx, spec, many);
    await expectExact(ctx, spec, many);
    await ctx.store.put(spec, many.slice(0, 500));
    await ctx.other.put(spec, many.slice(400));
    await expectExact(ctx, spec, many);
  });

  it('is exact for what was loaded, and for what is written afterwards', async () => {
    const spec = newSpec({ counted });
    const load = await ctx.store.load(spec);
    await load.write(many.slice(0, 700));
    await load.write(many.slice(600));
    await load.finish();
    await expectExact(ctx, spec, many);
    const more = [stored('new', { agency: 'y', state: 'assigned', subject: 'many' })];
    await ctx.other.put(spec, more);
    await expectExact(ctx, spec, [...many, ...more]);
  });

  it('is exact for a load that was gone on with', async () => {
    const first = newSpec({ counted });
    const left = await ctx.store.load(first);
    await left.write(many.slice(0, 500));
    await left.milestone({});
    await left.leave();
    const spec = newSpec({ counted });
    const resumed = await ctx.store.resume(spec, first.name);
    await resumed?.load.write(many.slice(400));
    await resumed?.load.finish();
    await expectExact(ctx, spec, resumed ? many : []);
    expect(resumed).toBeDefined();
  });

  it('begins anew with a collection of the same name', async () => {
    const spec = newSpec({ counted });
    await fill(ctx, spec, many.slice(0, 20));
    await ctx.store.drop(spec);
    await fill(ctx, spec, many.slice(0, 3));
    await expectExact(ctx, spec, many.slice(0, 3));
  });
}

function describeWriters(ctx: Context): void {
  it('follows what is written, overtaken, moved, put right and taken away', async () => {
    const value = fc.constantFrom('x', 'y', 'voided', 'assigned', '');
    const doc = fc.record({ agency: value, state: value, subject: value });
    const write = fc.record({ id: fc.nat(5).map(String), doc, position: fc.nat(20) });
    const batches = fc.array(fc.uniqueArray(write, { selector: ({ id }) => id, maxLength: 5 }), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(batches, fc.nat(5).map(String), doc, async (all, id, right) => {
        const spec = newSpec({ counted });
        await ctx.store.ensure(spec);
        for (const batch of all) {
          await ctx.store.put(
            spec,
            batch.map((one) => stored(one.id, one.doc, one.position)),
          );
        }
        const docs = async (): Promise<StoredDoc[]> => {
          const { items } = await ctx.store.find(spec, { limit: 100 });
          return [...items];
        };
        await expectExact(ctx, spec, await docs());
        const found = (await ctx.store.get(spec, id))?.position;
        await ctx.store.mend(spec, { id, found, doc: stored(id, right, 30) });
        await ctx.store.mend(spec, { id, found: at(29), doc: stored(id, right, 31) });
        await expectExact(ctx, spec, await docs());
        await removeDocument(ctx.store, spec, id);
        await expectExact(ctx, spec, await docs());
        await ctx.store.drop(spec);
      }),
      { numRuns: 25 },
    );
  });

  it('is exact with two who write at once', async () => {
    const spec = newSpec({ counted });
    await ctx.store.ensure(spec);
    const some = many.slice(0, 200);
    const writing = [ctx.store, ctx.other].flatMap((store, from) =>
      Array.from({ length: 4 }, (_, at) => store.put(spec, some.slice((at + from) * 40))),
    );
    await Promise.all(writing);
    await expectExact(ctx, spec, some);
  });

  it('is exact when a writer is fenced off', async () => {
    const spec = await filled(ctx, many.slice(0, 5), { counted });
    const fence = { key: `checkpoint:${spec.name}`, version: 3 };
    await expect(ctx.store.put(spec, many, fence)).rejects.toBeInstanceOf(Fenced);
    await expectExact(ctx, spec, many.slice(0, 5));
    await ctx.other.put(spec, many.slice(0, 10));
    await expectExact(ctx, spec, many.slice(0, 10));
  });
}

function describeBounded(ctx: Context): void {
  it('says that there are more, where nobody keeps the total', async () => {
    const spec = newSpec({ counted, searchable: ['state'] });
    await fill(ctx, spec, many);
    const atLeast = { total: MOST_COUNTED, totalIsAtLeast: true };
    const totals = async (query: Omit<Query, 'limit'>): Promise<Total> =>
      totalOf(await ctx.store.find(spec, { ...query, limit: 1 }));
    expect(await totals({ filter: { agency: 'x', n: { gte: 0 } } })).toEqual(atLeast);
    expect(await totals({ filter: { agency: 'x', subject: 'many' } })).toEqual(atLeast);
    expect(await totals({ search: 'assigned' })).toEqual(atLeast);
    expect(await totals({ search: 'voided' })).toEqual({ total: 11 });
    expect(await totals({ filter: { agency: 'x', n: { gte: 30 } } })).toEqual({ total: 1000 });
    expect(await totals({ filter: { agency: 'x', n: { gte: 29 } } })).toEqual(atLeast);
  });

  it('is what the last page shows, where that is further than anybody counted', async () => {
    const spec = await filled(ctx, many);
    const query = { sort: [{ field: 'n' }], limit: 20 };
    const last = await ctx.store.find(spec, { ...query, offset: MANY - 10 });
    expect(totalOf(last)).toEqual({ total: MANY });
    expect(last.items).toHaveLength(10);
  });
}
