import { expect, it } from '@jest/globals';
import { CollectionDropped, CollectionExists } from '#read-store';
import { collect, newSpec, type Context } from './context.ts';
import { loaded, many, settings } from './loaded.ts';

/** Loads that were left, killed or taken over. */

export function describeMilestones(ctx: Context): void {
  it('goes on from its milestone when it was left, under another name', async () => {
    const [spec, next] = [newSpec(settings), newSpec(settings)];
    const load = await ctx.store.load(spec);
    await load.write(many.slice(0, 700));
    await load.milestone({ position: '700', by: { first: true } });
    await load.write(many.slice(700, 1500));
    await load.milestone({ position: '1500' });
    await load.write(many.slice(1500, 1600));
    await load.leave();
    expect(await ctx.other.collections()).toContain(spec.name);
    expect(await collect(ctx.other.scan(next))).toEqual([]);
    const resumed = await ctx.other.resume(next, spec.name);
    expect(resumed?.milestone).toEqual({ position: '1500' });
    expect(await ctx.other.collections()).not.toContain(spec.name);
    expect(await resumed?.load.getMany(['id-0003', 'id-1499'])).toHaveLength(2);
    for (let from = 1500; from < many.length; from += 250) {
      await resumed?.load.write(many.slice(from, from + 250));
    }
    await resumed?.load.finish();
    expect(await collect(ctx.store.scan(next))).toEqual(many);
    expect((await ctx.store.find(next, { search: 'so 249', limit: 3 })).total).toBe(11);
    expect(await ctx.other.resume(newSpec(), next.name)).toBeUndefined();
  });

  it('cannot be gone on with where no milestone was reached, or nothing is there', async () => {
    const [spec, next] = [newSpec(), newSpec()];
    const load = await ctx.store.load(spec);
    await load.write(many.slice(0, 10));
    await load.leave();
    expect(await ctx.other.resume(next, spec.name)).toBeUndefined();
    expect(await ctx.other.resume(next, newSpec().name)).toBeUndefined();
    expect(await ctx.store.collections()).not.toContain(next.name);
    await ctx.other.drop(spec);
    expect(await ctx.store.collections()).not.toContain(spec.name);
    const again = await ctx.store.load(next);
    await again.abandon();
  });
}

export function describeOvertakenLoads(ctx: Context): void {
  it('loses its milestone with the collection, and takes no name that is taken', async () => {
    const [spec, taken] = [newSpec(), await loaded(ctx, many.slice(0, 1))];
    const load = await ctx.store.load(spec);
    await load.write(many.slice(0, 10));
    await load.milestone({ position: '10' });
    await load.leave();
    await expect(ctx.other.resume(taken, spec.name)).rejects.toBeInstanceOf(CollectionExists);
    await ctx.other.drop(spec);
    const anew = await ctx.store.load(spec);
    await anew.leave();
    expect(await ctx.other.resume(newSpec(), spec.name)).toBeUndefined();
    await ctx.other.drop(spec);
  });

  it('leaves whoever was slow nothing to write to once another goes on', async () => {
    const [spec, next] = [newSpec(), newSpec()];
    const slow = await ctx.store.load(spec);
    await slow.write(many.slice(0, 1500));
    await slow.milestone({ position: '1500' });
    const resumed = await ctx.other.resume(next, spec.name);
    if (resumed) {
      await resumed.load.write(many.slice(1500));
      await resumed.load.finish();
      const late = async () => {
        for (let times = 0; times < 3; times += 1) await slow.write(many.slice(0, 1500));
        await slow.finish();
      };
      await expect(late()).rejects.toBeInstanceOf(CollectionDropped);
      expect(await collect(ctx.other.scan(next))).toEqual(many);
      expect(await ctx.store.collections()).not.toContain(spec.name);
    } else {
      // The store knows that it is still being filled: nothing was taken from it.
      await slow.write(many.slice(1500));
      await slow.finish();
      expect(await collect(ctx.other.scan(spec))).toEqual(many);
      expect(await ctx.store.collections()).not.toContain(next.name);
    }
    await slow.abandon();
  });
}
