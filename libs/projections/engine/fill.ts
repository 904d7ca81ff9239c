import { streamPrefixes } from '#domain';
import type { EventStore, Position } from '#event-store';
import type { CollectionSpec, Load, ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { folded, projectedEvents, readCheckpoint, saveCheckpoint, type Target } from './target.ts';

/** A new collection of a projection, being filled from the beginning of the log. */
export interface Filling {
  readonly projection: Projection;
  readonly spec: CollectionSpec;
  readonly load: Load;
}

export interface FillOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told after each batch how many events have been read of how many there were at the start. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** The last event that counts; by default the head of the log at the start. */
  readonly until?: Position;
}

/** @throws CollectionExists */
export async function beginFilling(
  readStore: ReadStore,
  projection: Projection,
  spec: CollectionSpec,
): Promise<Filling> {
  return { projection, spec, load: await readStore.load(spec) };
}

/**
 * Fills new collections from the whole log, read once for all of them, and makes each one like any
 * other, with its checkpoint. Whatever goes wrong, none is left half-filled.
 */
export async function fillAll(
  stores: { readonly eventStore: EventStore; readonly readStore: ReadStore },
  fillings: readonly Filling[],
  options: FillOptions = {},
): Promise<readonly Target[]> {
  const open = new Set(fillings);
  try {
    const end = await readThrough(stores.eventStore, fillings, options);
    const finish = async (filling: Filling): Promise<Target> => {
      await filling.load.finish();
      open.delete(filling);
      return targetOf(stores.readStore, filling, end);
    };
    return await allOf(fillings.map(finish));
  } finally {
    await Promise.all([...open].map(({ load }) => load.abandon()));
  }
}

/** All of them, or the first failure, but only once none is under way any more. */
export async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** Where the reading has come to. */
interface Reached {
  readonly position: Position | undefined;
  readonly events: number;
}

async function readThrough(
  eventStore: EventStore,
  fillings: readonly Filling[],
  { signal, onProgress, until }: FillOptions,
): Promise<Reached> {
  const total = onProgress ? await eventStore.countAfter(undefined, streamPrefixes) : 0;
  let reached: Reached = { position: undefined, events: 0 };
  for await (const page of eventStore.readPages({ prefixes: streamPrefixes })) {
    signal?.throwIfAborted();
    const batch = until === undefined ? page : page.filter(({ position }) => position <= until);
    const projected = projectedEvents(batch);
    for (const { load, projection } of fillings) {
      await load.write(await folded(load, projection, projected));
    }
    const position = batch.at(-1)?.position ?? reached.position;
    reached = { position, events: reached.events + batch.length };
    onProgress?.(reached.events, total);
    if (batch.length < page.length) break;
  }
  signal?.throwIfAborted();
  return reached;
}

async function targetOf(
  readStore: ReadStore,
  { projection, spec }: Filling,
  { position, events }: Reached,
): Promise<Target> {
  const target = { projection, spec, ...(await readCheckpoint(readStore, spec)) };
  return position === undefined ? target : saveCheckpoint(readStore, target, position, events);
}
