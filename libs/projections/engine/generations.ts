import type { CollectionSpec, ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';

/**
 * A read model lives in one collection at a time; a rebuild fills the next generation beside it
 * and the control record is then moved over in one write, so readers see the old or the new.
 */
export interface Live {
  readonly spec: CollectionSpec;
  readonly generation: number;
  /** Version of the projection that filled it. */
  readonly version: number;
  /** Kept until the next rebuild, for readers that have just looked up its name. */
  readonly previous: string | null;
  /** Version of the control record, for compare and set. */
  readonly record: number;
}

/** The control record as `moveLive` writes it. */
interface LiveRecord {
  readonly collection: string;
  readonly generation: number;
  readonly version: number;
  readonly previous: string | null;
}

const keyOf = (projection: Projection): string => `projection:${projection.name}`;

/** Physical collection of one generation. */
export function collectionOf(projection: Projection, generation: number): CollectionSpec {
  const { name, version, indexes, searchable } = projection;
  return { name: `${name}_v${version}_g${generation}`, indexes, searchable };
}

/** Where readers look now; undefined before the projection has ever run. */
export async function findLive(
  readStore: ReadStore,
  projection: Projection,
): Promise<Live | undefined> {
  const record = await readStore.readRecord(keyOf(projection));
  if (!record) return undefined;
  const { collection, generation, version, previous } = record.value as unknown as LiveRecord;
  const { indexes, searchable } = projection;
  return {
    spec: { name: collection, indexes, searchable },
    generation,
    version,
    previous,
    record: record.version,
  };
}

/** As `findLive`, beginning with an empty first generation where there is none. */
export async function requireLive(readStore: ReadStore, projection: Projection): Promise<Live> {
  const found = await findLive(readStore, projection);
  if (found) return found;
  await readStore.ensure(collectionOf(projection, 1));
  await moveLive(readStore, projection, { generation: 1, previous: null, record: 0 });
  // Whoever was first, the record is there now.
  return requireLive(readStore, projection);
}

/** Points readers at a generation. False when another process moved the record meanwhile. */
export function moveLive(
  readStore: ReadStore,
  projection: Projection,
  to: { readonly generation: number; readonly previous: string | null; readonly record: number },
): Promise<boolean> {
  const { generation, previous, record } = to;
  const collection = collectionOf(projection, generation).name;
  const value = { collection, generation, version: projection.version, previous };
  return readStore.writeRecord(keyOf(projection), value, record);
}

/** The next unused generation: one above every collection of this projection that is there. */
export async function nextGeneration(
  readStore: ReadStore,
  projection: Projection,
): Promise<number> {
  return (
    Math.max(
      0,
      ...(await generationsOf(readStore, projection)).map(({ generation }) => generation),
    ) + 1
  );
}

/** Every collection of the projection, whatever its version. */
export async function generationsOf(
  readStore: ReadStore,
  projection: Projection,
): Promise<readonly { readonly name: string; readonly generation: number }[]> {
  const pattern = new RegExp(`^${projection.name}_v\\d+_g(\\d+)$`);
  const names = await readStore.collections();
  return names.flatMap((name) => {
    const match = pattern.exec(name);
    return match ? [{ name, generation: Number(match[1]) }] : [];
  });
}
