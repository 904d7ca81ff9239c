import type { CollectionSpec } from '#read-store';
import type { Projection } from '../projection.ts';

/** Physical name of one generation of a read model's collection. */
export const collectionName = (
  { name, version }: Pick<Projection, 'name' | 'version'>,
  generation: number,
): string => `${name}_v${version}_g${generation}`;

/** A collection as this version of the projection reads it, whichever has filled it. */
export const specOf = (
  { indexes, searchable, searchedWithin, counted = [] }: Projection,
  name: string,
): CollectionSpec => ({ name, indexes, searchable, searchedWithin, counted });

/** Which version and generation a collection's name tells of; undefined for another projection's. */
export function parseCollection(
  { name }: Pick<Projection, 'name'>,
  collection: string,
): { readonly version: number; readonly generation: number } | undefined {
  const match = new RegExp(`^${name}_v(\\d+)_g(\\d+)$`).exec(collection);
  return match ? { version: Number(match[1]), generation: Number(match[2]) } : undefined;
}

/** True where this version of the projection has filled the collection. */
export const isOfThisVersion = (projection: Projection, collection: string): boolean =>
  parseCollection(projection, collection)?.version === projection.version;
