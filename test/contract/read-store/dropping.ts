import { describe, expect, it } from '@jest/globals';
import type { CollectionSpec } from '#read-store';
import { newSpec, type Context } from './context.ts';

const records = ['checkpoint', 'faults', 'milestone'];

async function withRecords(
  { store }: Context,
  make: (spec: CollectionSpec) => Promise<unknown>,
): Promise<CollectionSpec> {
  const spec = newSpec();
  await make(spec);
  for (const kind of records) await store.writeRecord(`${kind}:${spec.name}`, { kind }, 0);
  return spec;
}

export function describeDropping(ctx: Context): void {
  describe('dropping', () => {
    const made = {
      ensured: (spec: CollectionSpec) => ctx.store.ensure(spec),
      loaded: async (spec: CollectionSpec) => (await ctx.store.load(spec)).finish(),
    };

    it.each(['ensured', 'loaded'] as const)(
      'takes every record of a collection that was %s with it, and no other',
      async (how) => {
        const spec = await withRecords(ctx, made[how]);
        const kept = await withRecords(ctx, made[how]);
        await ctx.other.drop(spec);
        const left = (name: string) =>
          Promise.all(records.map((kind) => ctx.store.readRecord(`${kind}:${name}`)));
        expect(await left(spec.name)).toEqual(records.map(() => undefined));
        expect(await left(kept.name)).not.toContain(undefined);
        await made.loaded(spec);
        expect(await ctx.store.writeRecord(`checkpoint:${spec.name}`, {}, 0)).toBe(true);
      },
    );
  });
}
