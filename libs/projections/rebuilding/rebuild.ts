import { CollectionDropped, CollectionExists, type ReadStore } from '#read-store';
import { withLogChecked } from '../checking/astray-live.ts';
import { fenceOff, type Target } from '../folding/checkpoint.ts';
import type { Parked } from '../ledger/ledger.ts';
import { RebuildOvertaken, swapped } from '../ledger/rebuilding.ts';
import { changeLedger, dropExpired, requireLedger } from '../ledger/record.ts';
import type { Projection } from '../projection.ts';
import { beginNext, type Begun } from './begin-next.ts';
import { catchUp } from './catch-up.ts';
import { claimRebuild, giveUp, isOver, tell, type Claim } from './claim.ts';
import { allOf } from './all-of.ts';
import { fillAll } from './fill.ts';
import type { Filling } from './filling.ts';
import { GRACE_MS, type Job } from './job.ts';
import { createProgress } from './progress.ts';

/** A read model that was rebuilt, and what its new collection leaves out. */
export interface Rebuilt {
  readonly projection: Projection;
  readonly parked: readonly Parked[];
}

/**
 * Fills a new generation of each projection from the whole log, read once for all of them, and
 * swaps it in. Readers keep the old one until then; whatever follows the log goes on undisturbed.
 * What an earlier rebuild has left unfinished is gone on with. What the old ones know of a log that
 * was lost is told first, since nobody can ask them afterwards.
 * @throws RebuildRunning @throws RebuildOvertaken @throws RebuildAborted
 * @throws EventFault it can be gone on with once the event is skipped or the projection mended
 */
export async function rebuild(
  job: Job,
  projections: readonly Projection[],
): Promise<readonly Rebuilt[]> {
  const { readStore } = job;
  for (const one of projections) {
    await withLogChecked(job, one, await requireLedger(readStore, one));
  }
  const claims = await claimAll(readStore, projections);
  const progress = createProgress(claims, job);
  let rebuilt: readonly Rebuilt[];
  try {
    rebuilt = await rebuildClaimed({ ...job, ...progress }, claims);
  } catch (error) {
    const reason: unknown = progress.signal.aborted ? progress.signal.reason : error;
    for (const claim of claims) await giveUp(readStore, claim, reason).catch(() => undefined);
    throw asOvertaken(reason);
  } finally {
    await progress.stop();
  }
  const grace = { now: new Date(), graceMs: job.graceMs ?? GRACE_MS };
  for (const projection of projections) await dropExpired(readStore, projection, grace);
  return rebuilt;
}

/** A collection that was taken away, or made, by another means that another rebuild was first. */
function asOvertaken(error: unknown): unknown {
  const taken = error instanceof CollectionDropped || error instanceof CollectionExists;
  if (!taken) return error;
  return new RebuildOvertaken('another rebuild was swapped in meanwhile', { cause: error });
}

async function claimAll(
  readStore: ReadStore,
  projections: readonly Projection[],
): Promise<readonly Claim[]> {
  const claiming = projections.map((projection) => claimRebuild(readStore, projection));
  return allOf(claiming).catch(async (error: unknown) => {
    const claimed = await Promise.allSettled(claiming);
    for (const one of claimed) {
      if (one.status === 'fulfilled') await giveUp(readStore, one.value, error);
    }
    throw error;
  });
}

async function rebuildClaimed(job: Job, claims: readonly Claim[]): Promise<readonly Rebuilt[]> {
  const { readStore } = job;
  const claimOf = ({ projection }: Pick<Filling, 'projection'>): Claim =>
    claims.find((one) => one.projection === projection) as Claim;
  const begun = await beginAll(job, claims);
  const fillings = begun.flatMap(({ filling }) => filling ?? []);
  const filled = await fillAll(job, fillings, {
    ...job,
    onFilled: (filling) =>
      tell(readStore, claimOf(filling), { faults: { failure: null, parked: filling.parked } }),
    onFailure: async (filling, error) => {
      const reason: unknown = job.signal?.aborted ? job.signal.reason : error;
      await (isOver(claimOf(filling), reason) ? filling.load.abandon() : filling.load.leave());
    },
  });
  await Promise.all(claims.map((claim) => tell(readStore, claim, { state: 'catching-up' })));
  const filledBefore = begun.flatMap(({ filled: done }) => done ?? []);
  const caughtUp = await catchUp(job, [...filled, ...filledBefore]);
  // Followers wait for the swap, so the old stands still, and the new is at least as far: readers
  // never see anything go back.
  await Promise.all(claims.map((claim) => tell(readStore, claim, { state: 'swapping' })));
  for (const { projection } of claims) {
    const { live } = await requireLedger(readStore, projection);
    await fenceOff(readStore, { name: live.collection });
  }
  const rebuilt: Rebuilt[] = [];
  for (const target of await catchUp(job, caughtUp)) {
    rebuilt.push(await swap(readStore, claimOf(target), target));
  }
  return rebuilt;
}

async function beginAll(job: Job, claims: readonly Claim[]): Promise<readonly Begun[]> {
  const beginning = claims.map((claim) => beginNext(job, claim));
  try {
    return await allOf(beginning);
  } catch (error) {
    const begun = await Promise.allSettled(beginning);
    for (const one of begun) if (one.status === 'fulfilled') await one.value.filling?.load.leave();
    throw error;
  }
}

/** One write of one record. @throws RebuildOvertaken @throws RebuildAborted */
async function swap(
  readStore: ReadStore,
  { projection, id }: Claim,
  { spec }: Target,
): Promise<Rebuilt> {
  const by = { claim: id, collection: spec.name, at: new Date().toISOString() };
  const { after } = await changeLedger(readStore, projection, (ledger) =>
    swapped(ledger, projection, by),
  );
  return { projection, parked: after.live.faults.parked };
}
