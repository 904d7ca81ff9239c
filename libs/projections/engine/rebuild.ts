import { streamPrefixes } from '#domain';
import type { EventStore } from '#event-store';
import { CollectionDropped, CollectionExists, type ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { allOf, beginFilling, fillAll, type Filling } from './fill.ts';
import {
  collectionOf,
  generationsOf,
  moveLive,
  nextGeneration,
  requireLive,
} from './generations.ts';
import { advance, type Target } from './target.ts';

export interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly signal?: AbortSignal;
  /** Told after each batch how many events have been read of how many there were at the start. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Another process rebuilt or swapped the same projection meanwhile; nothing was changed for readers. */
export class RebuildOvertaken extends Error {
  override readonly name = 'RebuildOvertaken';
}

/**
 * Fills a new generation of each projection from the whole log, read once for all of them, and
 * swaps it in. Readers keep the old one until then; whatever follows the log goes on undisturbed.
 * @throws RebuildOvertaken
 */
export async function rebuild(stores: Stores, projections: readonly Projection[]): Promise<void> {
  const { readStore, signal, onProgress } = stores;
  const fillings = await beginAll(readStore, projections);
  const filled = await fillAll(stores, fillings, { signal, onProgress }).catch(tellOvertaken);
  const silent = { ...stores, onProgress: undefined };
  // What was appended meanwhile, so that readers come from the old to the same state or a later one.
  const targets = await replay(silent, filled);
  for (const target of targets) await swap(readStore, target);
  // What was appended between reading the head and the swap, and may have gone to the old one only.
  await replay(silent, targets);
  for (const { projection } of targets) await dropOld(readStore, projection);
}

async function beginAll(
  readStore: ReadStore,
  projections: readonly Projection[],
): Promise<readonly Filling[]> {
  const beginning = projections.map((projection) => beginNext(readStore, projection));
  try {
    return await allOf(beginning);
  } catch (error) {
    const begun = await Promise.allSettled(beginning);
    const fillings = begun.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    await Promise.all(fillings.map(({ load }) => load.abandon()));
    throw error;
  }
}

async function beginNext(readStore: ReadStore, projection: Projection): Promise<Filling> {
  await requireLive(readStore, projection);
  const generation = await nextGeneration(readStore, projection);
  try {
    return await beginFilling(readStore, projection, collectionOf(projection, generation));
  } catch (error) {
    if (!(error instanceof CollectionExists)) throw error;
    throw overtaken(projection, error);
  }
}

function tellOvertaken(error: unknown): never {
  if (!(error instanceof CollectionDropped)) throw error;
  throw new RebuildOvertaken('another rebuild was swapped in meanwhile', { cause: error });
}

const overtaken = ({ name }: Projection, cause?: unknown): RebuildOvertaken =>
  new RebuildOvertaken(`${name} was rebuilt by another process`, { cause });

/** Brings targets that stand at one position up to the head of the log. */
async function replay(
  { eventStore, readStore, signal }: Stores,
  targets: readonly Target[],
): Promise<readonly Target[]> {
  let current = targets;
  const after = current[0]?.position;
  for await (const batch of eventStore.readPages({ after, prefixes: streamPrefixes })) {
    signal?.throwIfAborted();
    const advanced: Target[] = [];
    for (const target of current) advanced.push(await advance(readStore, target, batch));
    current = advanced;
  }
  return current;
}

async function swap(readStore: ReadStore, { projection, spec }: Target): Promise<void> {
  const live = await requireLive(readStore, projection);
  const generation = Number(/_g(\d+)$/.exec(spec.name)?.[1]);
  const to = { generation, previous: live.spec.name, record: live.record };
  const late = live.generation > generation || !(await moveLive(readStore, projection, to));
  if (late) throw overtaken(projection);
}

/** Older generations than the previous one have no reader left. */
async function dropOld(readStore: ReadStore, projection: Projection): Promise<void> {
  const live = await requireLive(readStore, projection);
  for (const { name, generation } of await generationsOf(readStore, projection)) {
    const kept = name === live.previous || generation >= live.generation;
    if (!kept) await readStore.drop({ name });
  }
}
