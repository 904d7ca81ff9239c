import type { CollectionSpec, StoredDoc } from '#read-store';
import { newSpec, stored, type Context } from './context.ts';

/** Collections that are filled as a whole. */

export const many = Array.from({ length: 2500 }, (_, n) =>
  stored(`id-${String(n).padStart(4, '0')}`, { n, name: `Sổ số ${String(n)}` }, n + 1),
);
export const settings = { indexes: [['n'], ['name', 'n']], searchable: ['name'] };

/** A collection filled in batches of so many. */
export async function loaded(
  { store }: Context,
  docs: readonly StoredDoc[],
  rest: Partial<CollectionSpec> = {},
): Promise<CollectionSpec> {
  const spec = newSpec(rest);
  const load = await store.load(spec);
  for (let from = 0; from < docs.length; from += 100) {
    await load.write(docs.slice(from, from + 100));
  }
  await load.finish();
  return spec;
}
