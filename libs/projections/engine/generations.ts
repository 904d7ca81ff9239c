import type { CollectionSpec, ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { readRebuild } from './claims.ts';

/**
 * A read model lives in one collection at a time; a rebuild fills the next generation beside it
 * and the control record is then moved over in one write, so readers see the old or the new.
 */
export interface Live extends LiveRecord {
  readonly spec: CollectionSpec;
  /** Version of the control record, for compare and set. */
  readonly record: number;
}

/** The control record. */
interface LiveRecord {
  readonly collection: string;
  readonly generation: number;
  /** Version of the projection that filled it. */
  readonly version: number;
  /** Kept for a time: for readers that have just looked up its name, and for going back to it. */
  readonly previous: string | null;
  /** When it took the place of the previous one, ISO 8601 UTC. */
  readonly movedAt?: string;
  /** Version from which an operator has gone back: no process may rebuild that one by itself. */
  readonly rolledBackFrom?: number | null;
}

const keyOf = (projection: Projection): string => `projection:${projection.name}`;

/** Physical collection of one generation. */
export function collectionOf(projection: Projection, generation: number): CollectionSpec {
  const { name, version } = projection;
  return specOf(projection, `${name}_v${version}_g${generation}`);
}

/** A collection as this version of the projection reads it, whichever has filled it. */
export const specOf = ({ indexes, searchable }: Projection, name: string): CollectionSpec => ({
  name,
  indexes,
  searchable,
});

/** Which version and generation a collection's name tells of; undefined for another projection's. */
export function parseCollection(
  projection: Projection,
  collection: string,
): { readonly version: number; readonly generation: number } | undefined {
  const match = new RegExp(`^${projection.name}_v(\\d+)_g(\\d+)$`).exec(collection);
  return match ? { version: Number(match[1]), generation: Number(match[2]) } : undefined;
}

/** Where readers look now; undefined before the projection has ever run. */
export async function findLive(
  readStore: ReadStore,
  projection: Projection,
): Promise<Live | undefined> {
  const record = await readStore.readRecord(keyOf(projection));
  if (!record) return undefined;
  const live = record.value as unknown as LiveRecord;
  return { ...live, spec: specOf(projection, live.collection), record: record.version };
}

/** As `findLive`, beginning with an empty first generation where there is none. */
export async function requireLive(readStore: ReadStore, projection: Projection): Promise<Live> {
  const found = await findLive(readStore, projection);
  if (found) return found;
  const { name: collection } = collectionOf(projection, 1);
  await readStore.ensure(specOf(projection, collection));
  await moveLive(readStore, projection, { collection, previous: null, record: 0 });
  // Whoever was first, the record is there now.
  return requireLive(readStore, projection);
}

/** Points readers at a collection. False when another process moved the record meanwhile. */
export function moveLive(
  readStore: ReadStore,
  projection: Projection,
  to: Pick<Live, 'collection' | 'previous' | 'rolledBackFrom' | 'record'>,
): Promise<boolean> {
  const { collection, previous, rolledBackFrom = null, record } = to;
  const named = parseCollection(projection, collection);
  if (!named) throw new Error(`${collection} is no collection of ${projection.name}`);
  const movedAt = new Date().toISOString();
  const value = { collection, ...named, previous, movedAt, rolledBackFrom } satisfies LiveRecord;
  return readStore.writeRecord(keyOf(projection), value, record);
}

/**
 * Whether a process with this version of the projection is to rebuild by itself: never back to an
 * older version, and never again to one an operator has gone back from.
 */
export const needsRebuild = (
  { version, rolledBackFrom }: Pick<Live, 'version' | 'rolledBackFrom'>,
  projection: Pick<Projection, 'version'>,
): boolean => projection.version > Math.max(version, rolledBackFrom ?? 0);

/** The next unused generation: one above every collection of this projection that is there. */
export async function nextGeneration(
  readStore: ReadStore,
  projection: Projection,
): Promise<number> {
  const names = await collectionsOf(readStore, projection);
  return (
    Math.max(0, ...names.map((name) => parseCollection(projection, name)?.generation ?? 0)) + 1
  );
}

/** Every collection of the projection, whatever its version. */
async function collectionsOf(
  readStore: ReadStore,
  projection: Projection,
): Promise<readonly string[]> {
  const names = await readStore.collections();
  return names.filter((name) => parseCollection(projection, name) !== undefined);
}

/** How long a previous collection is kept, and what time it is. */
export interface Grace {
  readonly now: Date;
  readonly graceMs: number;
}

/** Drops every collection nobody needs any more: neither live, nor the previous within its time, nor being filled or left to be gone on with. Answers their names. */
export async function dropExpired(
  readStore: ReadStore,
  projection: Projection,
  { now, graceMs }: Grace,
): Promise<readonly string[]> {
  // In this order: what was there at first is being filled, or live, or nobody's, whenever a swap
  // falls between the readings, as a claim is released only after its collection is live.
  const there = await collectionsOf(readStore, projection);
  const filling = (await readRebuild(readStore, projection))?.collection;
  const live = await requireLive(readStore, projection);
  const kept = [live.collection, filling];
  const age = now.getTime() - Date.parse(live.movedAt ?? '');
  // One moved before its time was recorded is old enough.
  if (live.previous !== null && age < graceMs) kept.push(live.previous);
  const surplus = there.filter((name) => !kept.includes(name));
  for (const name of surplus) await readStore.drop({ name });
  return surplus;
}
