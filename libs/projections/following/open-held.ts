import { withLogChecked } from '../checking/astray-live.ts';
import { retryParked } from '../faults/retry-parked.ts';
import { takeOver, type Target } from '../folding/checkpoint.ts';
import { exclusionsIn } from '../folding/exclusions.ts';
import { specOf } from '../ledger/collections.ts';
import { needsRebuild, watchKey, type Ledger } from '../ledger/ledger.ts';
import { requireLedger, type Changed } from '../ledger/record.ts';
import type { Projection } from '../projection.ts';
import { SILENT_MS } from '../rebuilding/claim.ts';
import type { Work } from './work.ts';

/** A projection this process holds, and what was known of it when the round began. */
export interface Watched {
  readonly projection: Projection;
  /** Of its ledger, with what this process has changed itself. */
  seen: string;
  /** The ledger says it failed, which the next success must take back. */
  failed: boolean;
}

/** What this process has changed itself is no news; what another has changed meanwhile is. */
export function noteOwn(watched: Watched, { before, after }: Changed): void {
  if (watchKey(before) === watched.seen) watched.seen = watchKey(after);
}

/** One that is followed in this round. */
export interface Followed {
  readonly watched: Watched;
  target: Target;
}

export interface Opened {
  readonly followed: Followed[];
  readonly watched: readonly Watched[];
  /** To be filled anew: by an older version of their projection, or from another log. */
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
  const { follower, astray } = work;
  const known = await requireLedger(follower.readStore, projection);
  const isOwn = known.live.version === projection.version;
  // Also what an older version has filled: once it is filled again nobody knows what the log has lost.
  const isAsked = isOwn || needsRebuild(known, projection);
  const ledger = isAsked ? await withLogChecked(follower, projection, known, astray) : known;
  const { failure } = ledger.live.faults;
  const watched: Watched = { projection, seen: watchKey(ledger), failed: failure !== null };
  // Taken back by an operator, or never recorded: nothing stands in the way.
  if (!failure) work.troubles.delete(projection.name);
  if (failure?.stopped) return { watched };
  const waitsUntil = work.troubles.get(projection.name)?.retryAt ?? 0;
  if (waitsUntil > performance.now()) return { watched, waitsUntil };
  if (needsRebuild(ledger, projection) || ledger.live.astray) return { watched, isOutdated: true };
  // Filled by another release, which follows it.
  if (!isOwn) return { watched };
  if (mustLetSwap(work, projection, ledger)) {
    return { watched, waitsUntil: performance.now() + SWAP_LOOK_MS };
  }
  return { watched, followed: await takeUp(work, watched, ledger) };
}

const SWAP_LOOK_MS = 20;

/** True as long as a rebuild swaps its collection in; one that was killed at it is not waited for. */
function mustLetSwap({ swaps }: Work, { name }: Projection, { next }: Ledger): boolean {
  if (next?.state !== 'swapping') {
    swaps.delete(name);
    return false;
  }
  const known = swaps.get(name);
  if (known?.beat !== next.beat) swaps.set(name, { beat: next.beat, since: performance.now() });
  return known?.beat !== next.beat || performance.now() - known.since < SILENT_MS;
}

/** At its checkpoint, with what an operator has asked to be tried again taken up. */
async function takeUp({ follower }: Work, watched: Watched, ledger: Ledger): Promise<Followed> {
  const { readStore, log } = follower;
  const { projection } = watched;
  const { collection, faults } = ledger.live;
  const opened = await takeOver(readStore, projection, specOf(projection, collection));
  let target: Target = { ...opened, exclusions: exclusionsIn(ledger, collection) };
  for (const parked of faults.parked.filter(({ retry }) => retry)) {
    const { partition } = parked;
    const retried = await retryParked(follower, target, parked);
    const { error } = retried;
    const detail = { name: projection.name, partition, error };
    log(error ? 'error' : 'info', 'projector: what was set aside was tried again', detail);
    target = retried.target;
    noteOwn(watched, retried.changed);
  }
  return { watched, target };
}
