import { streamPrefixes } from '#domain';
import type { EventStore, Position } from '#event-store';
import type { ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { inBatches } from './batches.ts';
import {
  collectionOf,
  generationsOf,
  moveLive,
  nextGeneration,
  requireLive,
} from './generations.ts';
import { advance, openTarget, type Target } from './target.ts';

export interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly signal?: AbortSignal;
  /** Told after each batch how many events have been read of how many there were at the start. */
  readonly onProgress?: (done: number, total: number) => void;
}

const BATCH = 500;

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
  const { readStore } = stores;
  let targets = await Promise.all(projections.map((one) => openNext(readStore, one)));
  targets = await replay(stores, targets);
  for (const target of targets) {
    await readStore.ensure(target.spec);
    await swap(readStore, target);
  }
  // What was appended between reading the head and the swap, and may have gone to the old one only.
  await replay({ ...stores, onProgress: () => undefined }, targets);
  for (const { projection } of targets) await dropOld(readStore, projection);
}

async function openNext(readStore: ReadStore, projection: Projection): Promise<Target> {
  await requireLive(readStore, projection);
  const generation = await nextGeneration(readStore, projection);
  const spec = collectionOf(projection, generation);
  // Filled without its indexes, which are made in one go before readers come.
  const target = await openTarget(readStore, projection, { ...spec, indexes: [] });
  return { ...target, spec };
}

/** Brings targets that stand at one position up to the head of the log. */
export async function replay(
  { eventStore, readStore, signal, onProgress }: Stores,
  targets: readonly Target[],
  until?: Position,
): Promise<Target[]> {
  let current = [...targets];
  const after = current[0]?.position;
  const total = onProgress ? await eventStore.countAfter(after, streamPrefixes) : 0;
  let done = 0;
  for await (const read of inBatches(
    eventStore.readAll({ after, prefixes: streamPrefixes }),
    BATCH,
  )) {
    signal?.throwIfAborted();
    const batch = until === undefined ? read : read.filter((event) => event.position <= until);
    const advanced: Target[] = [];
    for (const target of current) advanced.push(await advance(readStore, target, batch));
    current = advanced;
    done += batch.length;
    onProgress?.(done, total);
    if (batch.length < read.length) break;
  }
  return current;
}

async function swap(readStore: ReadStore, { projection, spec }: Target): Promise<void> {
  const live = await requireLive(readStore, projection);
  const generation = Number(/_g(\d+)$/.exec(spec.name)?.[1]);
  const to = { generation, previous: live.spec.name, record: live.record };
  const overtaken = live.generation > generation || !(await moveLive(readStore, projection, to));
  if (overtaken) throw new RebuildOvertaken(`${projection.name} was rebuilt by another process`);
}

/** Older generations than the previous one have no reader left. */
async function dropOld(readStore: ReadStore, projection: Projection): Promise<void> {
  const live = await requireLive(readStore, projection);
  for (const { name, generation } of await generationsOf(readStore, projection)) {
    const kept = name === live.previous || generation >= live.generation;
    if (!kept) await readStore.drop({ name });
  }
}
