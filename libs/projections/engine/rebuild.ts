import { streamPrefixes } from '#domain';
import { CollectionDropped, CollectionExists, type ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { beginNext, type Begun } from './begin-next.ts';
import { claimRebuild, RebuildAborted, RebuildOvertaken, type Claim } from './claims.ts';
import { allOf, fillAll, type Filling } from './fill.ts';
import {
  collectionOf,
  dropExpired,
  moveLive,
  nextGeneration,
  parseCollection,
  requireLive,
} from './generations.ts';
import { thisProcess } from './holder.ts';
import { createProgress } from './progress.ts';
import { GRACE_MS, type Stores } from './stores.ts';
import { advance, fenceOff, lowest, readCheckpoint, type Target } from './target.ts';
import { advanceOrPark } from './troubles.ts';

/**
 * Fills a new generation of each projection from the whole log, read once for all of them, and
 * swaps it in. Readers keep the old one until then; whatever follows the log goes on undisturbed.
 * What an earlier rebuild has left unfinished is gone on with.
 * @throws RebuildRunning @throws RebuildOvertaken @throws RebuildAborted
 * @throws EventFault it can be gone on with once the event is skipped or the projection mended
 */
export async function rebuild(stores: Stores, projections: readonly Projection[]): Promise<void> {
  const claims = await claimAll(stores.readStore, projections);
  const progress = createProgress(claims, stores);
  try {
    await rebuildClaimed({ ...stores, ...progress }, claims);
    for (const claim of claims) await claim.release();
  } catch (error) {
    const reason: unknown = progress.signal.aborted ? progress.signal.reason : error;
    for (const claim of claims) await end(stores.readStore, claim, reason).catch(() => undefined);
    throw told(reason);
  } finally {
    await progress.stop();
  }
  const grace = { now: new Date(), graceMs: stores.graceMs ?? GRACE_MS };
  for (const projection of projections) await dropExpired(stores.readStore, projection, grace);
}

async function end(readStore: ReadStore, claim: Claim, reason: unknown): Promise<void> {
  if (!isOver(claim, reason)) return claim.leave();
  const { collection } = await requireLive(readStore, claim.projection);
  const name = claim.collection();
  if (name !== collection) await readStore.drop({ name });
  await claim.release();
}

/** Where one of several is called off, the others can be gone on with. */
const isOver = ({ projection }: Claim, reason: unknown): boolean =>
  reason instanceof RebuildAborted && reason.projection === projection.name;

function told(error: unknown): unknown {
  const taken = error instanceof CollectionDropped || error instanceof CollectionExists;
  if (!taken) return error;
  return new RebuildOvertaken('another rebuild was swapped in meanwhile', { cause: error });
}

async function claimAll(
  readStore: ReadStore,
  projections: readonly Projection[],
): Promise<readonly Claim[]> {
  const holder = thisProcess();
  const claiming = projections.map(async (projection) => {
    await requireLive(readStore, projection);
    const { name } = collectionOf(projection, await nextGeneration(readStore, projection));
    return claimRebuild(readStore, projection, { holder, collection: name });
  });
  return allOf(claiming).catch(async (error: unknown) => {
    const claimed = await Promise.allSettled(claiming);
    for (const one of claimed) if (one.status === 'fulfilled') await one.value.leave();
    throw error;
  });
}

async function rebuildClaimed(stores: Stores, claims: readonly Claim[]): Promise<void> {
  const { readStore } = stores;
  const begun = await beginAll(stores, claims);
  const fillings = begun.flatMap(({ filling }) => filling ?? []);
  const onFailure = async ({ projection, load }: Filling, error: unknown): Promise<void> => {
    const claim = claims.find((one) => one.projection === projection);
    const over = claim && isOver(claim, stores.signal?.aborted ? stores.signal.reason : error);
    await (over ? load.abandon() : load.leave());
  };
  const total = await sizeOfLog(stores, claims);
  const filled = await fillAll(stores, fillings, { ...stores, total, onFailure });
  await Promise.all(claims.map(({ tell }) => tell({ state: 'catching-up' })));
  const filledBefore = begun.flatMap(({ filled: done }) => done ?? []);
  const caughtUp = await replay(stores, [...filled, ...filledBefore]);
  // Followers wait for the swap, so the old stands still, and the new is at least as far: readers
  // never see anything go back.
  await Promise.all(claims.map(({ tell }) => tell({ state: 'swapping' })));
  for (const { projection } of claims) {
    await fenceOff(readStore, (await requireLive(readStore, projection)).spec);
  }
  for (const target of await replay(stores, caughtUp)) await swap(readStore, target);
}

/** About how many events there are: those the read models have passed are counted already. */
async function sizeOfLog(
  { eventStore, readStore }: Stores,
  claims: readonly Claim[],
): Promise<number> {
  const sizes = claims.map(async ({ projection }) => {
    const { spec } = await requireLive(readStore, projection);
    const { position, events } = await readCheckpoint(readStore, spec);
    return events + (await eventStore.countAfter(position, streamPrefixes, MOST_COUNTED));
  });
  return Math.max(...(await Promise.all(sizes)));
}

/** Some stores have to read what they count. */
const MOST_COUNTED = 100_000;

async function beginAll(stores: Stores, claims: readonly Claim[]): Promise<readonly Begun[]> {
  const beginning = claims.map((claim) => beginNext(stores, claim));
  try {
    return await allOf(beginning);
  } catch (error) {
    const begun = await Promise.allSettled(beginning);
    for (const one of begun) if (one.status === 'fulfilled') await one.value.filling?.load.leave();
    throw error;
  }
}

/** Brings targets up to the head of the log. */
async function replay(
  { eventStore, readStore, signal, parks }: Stores,
  targets: readonly Target[],
): Promise<readonly Target[]> {
  let current = targets;
  const after = lowest(current.map(({ position }) => position));
  for await (const batch of eventStore.readPages({ after, prefixes: streamPrefixes })) {
    signal?.throwIfAborted();
    const advanced: Target[] = [];
    for (const target of current) {
      const mayPark = parks?.(target.projection) ?? false;
      advanced.push(await (mayPark ? advanceOrPark : advance)(readStore, target, batch));
    }
    current = advanced;
  }
  return current;
}

/** @throws RebuildOvertaken */
async function swap(readStore: ReadStore, { projection, spec }: Target): Promise<void> {
  const live = await requireLive(readStore, projection);
  const generation = parseCollection(projection, spec.name)?.generation ?? 0;
  const { collection: previous, record } = live;
  const to = { collection: spec.name, previous, record };
  const late = live.generation > generation || !(await moveLive(readStore, projection, to));
  if (late) throw new RebuildOvertaken(`${projection.name} was rebuilt by another process`);
}
