import type { Projection } from '../projection.ts';
import { SILENT_MS, swapUnderWay } from './claims.ts';
import { readDecisions, skippedIn } from './decisions.ts';
import { exclusionsOf } from './exclusions.ts';
import { readFaults, type RecordedFaults } from './faults.ts';
import { needsRebuild, requireLive, type Live } from './generations.ts';
import { retryParked } from './retry-parked.ts';
import { takeOver, type Target } from './target.ts';
import type { Work } from './work.ts';

/** A projection this process holds, and what was known of it when the round began. */
export interface Watched {
  readonly projection: Projection;
  readonly live: Live;
  /** Version of its record of faults. */
  faults: number;
  /** That record says it failed, which the next success must take back. */
  failed: boolean;
}

/** One that is followed in this round. */
export interface Followed {
  readonly watched: Watched;
  target: Target;
}

export interface Opened {
  readonly followed: Followed[];
  readonly watched: readonly Watched[];
  /** Filled by an older version of their projection. */
  readonly outdated: readonly Projection[];
  /** When the first of those left behind is to be tried again. */
  readonly nextTry: number;
}

/** Takes over what may be followed now of what this process holds. */
export async function openHeld(work: Work, held: readonly Projection[]): Promise<Opened> {
  const all = await Promise.all(held.map((projection) => openOne(work, projection)));
  return {
    followed: all.flatMap(({ followed }) => followed ?? []),
    watched: all.map(({ watched }) => watched),
    outdated: all.flatMap(({ isOutdated, watched }) => (isOutdated ? watched.projection : [])),
    nextTry: Math.min(...all.map(({ waitsUntil = NEVER }) => waitsUntil)),
  };
}

interface OpenedOne {
  readonly watched: Watched;
  readonly followed?: Followed;
  readonly isOutdated?: boolean;
  /** By the clock that never goes back. */
  readonly waitsUntil?: number;
}

const NEVER = Number.POSITIVE_INFINITY;

async function openOne(work: Work, projection: Projection): Promise<OpenedOne> {
  const { readStore } = work.follower;
  const live = await requireLive(readStore, projection);
  const recorded = await readFaults(readStore, live.spec);
  const failed = recorded.failure !== null;
  const watched: Watched = { projection, live, faults: recorded.version, failed };
  // Taken back by an operator, or never recorded: nothing stands in the way.
  if (!failed) work.troubles.delete(projection.name);
  if (recorded.failure?.stopped) return { watched };
  const waitsUntil = work.troubles.get(projection.name)?.retryAt ?? 0;
  if (waitsUntil > performance.now()) return { watched, waitsUntil };
  if (needsRebuild(live, projection)) return { watched, isOutdated: true };
  // Filled by another release, which follows it.
  if (live.version !== projection.version) return { watched };
  if (await mustLetSwap(work, projection)) {
    return { watched, waitsUntil: performance.now() + SWAP_LOOK_MS };
  }
  return { watched, followed: await takeUp(work, watched, recorded) };
}

const SWAP_LOOK_MS = 20;

/** True as long as a rebuild swaps its collection in; one that was killed at it is not waited for. */
async function mustLetSwap({ follower, swaps }: Work, projection: Projection): Promise<boolean> {
  const { name } = projection;
  const version = await swapUnderWay(follower.readStore, projection);
  if (version === undefined) {
    swaps.delete(name);
    return false;
  }
  const known = swaps.get(name);
  if (known?.version !== version) swaps.set(name, { version, since: performance.now() });
  return known?.version !== version || performance.now() - known.since < SILENT_MS;
}

async function takeUp(
  { follower }: Work,
  watched: Watched,
  { parked }: RecordedFaults,
): Promise<Followed> {
  const { readStore } = follower;
  const { projection, live } = watched;
  const opened = await takeOver(readStore, projection, live.spec);
  const skipped = skippedIn(await readDecisions(readStore, projection));
  const target = { ...opened, exclusions: exclusionsOf(skipped, parked) };
  const retried = parked.filter(({ retry }) => retry);
  if (retried.length === 0) return { watched, target };
  const faults = await retryParked(follower, target, retried);
  watched.faults = faults.version;
  return { watched, target: { ...target, exclusions: exclusionsOf(skipped, faults.parked) } };
}
