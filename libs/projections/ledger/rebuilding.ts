import type { Projection } from '../projection.ts';
import { collectionName, isOfThisVersion } from './collections.ts';
import { pastSkipped } from './faults.ts';
import { NO_FAULTS, type Generation, type Ledger, type Next } from './ledger.ts';

/** How a ledger passes through a rebuild: each a pure function from one ledger to the next. */

/** Another process rebuilt, swapped or took over the same projection meanwhile; nothing was changed for readers. */
export class RebuildOvertaken extends Error {
  override readonly name = 'RebuildOvertaken';
}

/** Another process is at it; nothing was changed. */
export class RebuildRunning extends Error {
  override readonly name = 'RebuildRunning';
}

/** An operator has called it off; nothing of it is left, and nothing was changed for readers. */
export class RebuildAborted extends Error {
  override readonly name = 'RebuildAborted';
  constructor(readonly projection: string) {
    super(`the rebuild of ${projection} was called off`);
  }
}

/** There is no previous collection to go back to; nothing was changed. */
export class NothingToRollBackTo extends Error {
  override readonly name = 'NothingToRollBackTo';
}

/** Who claims, and what is known of the rebuild that is there already. */
export interface Claiming {
  readonly claim: string;
  readonly holder: { readonly name: string; readonly pid: number; readonly space: string };
  /** The rebuild that is certainly nobody's any more, by its claim and beat. */
  readonly idle: Pick<Next, 'claim' | 'beat'> | undefined;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/**
 * The right to rebuild: what an earlier rebuild of this version has left is kept, with how far it
 * had come; else a new generation is named.
 * @throws RebuildRunning
 */
export function claimed(
  ledger: Ledger,
  projection: Projection,
  { claim, holder, idle, at }: Claiming,
): Ledger {
  const { next } = ledger;
  const isIdle = next?.claim === idle?.claim && next?.beat === idle?.beat;
  if (next && next.state !== 'left' && !isIdle) {
    throw new RebuildRunning(`${projection.name} is being rebuilt by ${next.holder}`);
  }
  const { name, pid, space } = holder;
  const mine = {
    claim,
    holder: name,
    pid,
    space,
    updatedAt: at,
    rate: 0,
    state: 'filling',
  } as const;
  const isKept = next && next.state !== 'aborting' && isOfThisVersion(projection, next.collection);
  if (isKept) return { ...ledger, next: { ...next, ...mine, beat: next.beat + 1 } };
  const generation = ledger.generations + 1;
  const collection = collectionName(projection, generation);
  const fresh = { ...mine, collection, generation, from: null, faults: NO_FAULTS, startedAt: at };
  return {
    ...ledger,
    generations: generation,
    next: { ...fresh, beat: (next?.beat ?? 0) + 1, done: 0, total: 0 },
  };
}

/** The rebuild under this claim. @throws RebuildAborted @throws RebuildOvertaken */
export function mineOf({ next }: Ledger, { name }: Projection, claim: string): Next {
  if (next?.claim !== claim) {
    throw new RebuildOvertaken(`${name} was rebuilt by another process`);
  }
  if (next.state === 'aborting') throw new RebuildAborted(name);
  return next;
}

/** What a rebuild may tell of itself while it goes on. */
export type Told = Partial<
  Pick<Next, 'state' | 'done' | 'total' | 'rate' | 'from' | 'faults'> & { readonly at: string }
>;

/** @throws RebuildAborted @throws RebuildOvertaken */
export function told(
  ledger: Ledger,
  projection: Projection,
  claim: string,
  { at, ...change }: Told,
): Ledger {
  const mine = mineOf(ledger, projection, claim);
  const updatedAt = at ?? mine.updatedAt;
  return { ...ledger, next: { ...mine, ...change, updatedAt, beat: mine.beat + 1 } };
}

/**
 * The next generation number, for what is taken over from `from` under a new name, so that whoever
 * may still fill that one can change nothing.
 * @throws RebuildAborted @throws RebuildOvertaken
 */
export function renamed(
  ledger: Ledger,
  projection: Projection,
  claim: string,
  from: string | null,
): Ledger {
  const mine = mineOf(ledger, projection, claim);
  const generation = ledger.generations + 1;
  const collection = collectionName(projection, generation);
  const next = { ...mine, generation, collection, from, beat: mine.beat + 1 };
  return { ...ledger, generations: generation, next };
}

/**
 * Readers are pointed at what was filled. Said again after an answer was lost, nothing changes.
 * @throws RebuildAborted @throws RebuildOvertaken
 */
export function swapped(
  ledger: Ledger,
  projection: Projection,
  { claim, collection, at }: { claim: string; collection: string; at: string },
): Ledger {
  if (ledger.live.collection === collection) return ledger;
  const { generation, faults: found } = mineOf(ledger, projection, claim);
  const faults = pastSkipped(ledger, found);
  const { version } = projection;
  const live: Generation = { collection, generation, version, movedAt: at, faults, astray: null };
  // Nobody goes back to what another log has filled.
  const previous = ledger.live.astray ? null : ledger.live;
  return { ...ledger, live, previous, rolledBackFrom: null, next: null };
}

/** It is over, and nothing of it is kept. What is another's by now stays. */
export const ended = (ledger: Ledger, claim: string): Ledger =>
  ledger.next?.claim === claim ? { ...ledger, next: null } : ledger;

/**
 * Nobody does it now; it may be gone on with, unless it was called off meanwhile: then it is over.
 * What is another's by now stays.
 */
export function left(ledger: Ledger, claim: string): Ledger {
  const { next } = ledger;
  if (next?.claim !== claim) return ledger;
  if (next.state === 'aborting') return ended(ledger, claim);
  return { ...ledger, next: { ...next, state: 'left', beat: next.beat + 1 } };
}

/** An operator has called it off: at once where nobody is at it. */
export function calledOff(ledger: Ledger): Ledger {
  const { next } = ledger;
  if (!next) return ledger;
  if (next.state === 'left') return { ...ledger, next: null };
  return { ...ledger, next: { ...next, state: 'aborting' } };
}

/** A way back to the collection before, as it stood when somebody wanted to take it. */
export interface WayBack {
  readonly from: string;
  readonly to: string;
  /** When readers had come to `from`: who was gone from and come back to since is another's doing. */
  readonly since: string;
}

/** Null where there is nothing to go back to. */
export const wayBack = ({ live, previous }: Ledger): WayBack | null =>
  previous && { from: live.collection, to: previous.collection, since: live.movedAt };

/**
 * Readers go back to the collection before the latest swap. Said again of the same way nothing
 * changes; what undoes it is the way back from there.
 * @throws RebuildOvertaken
 */
export function rolledBack(
  ledger: Ledger,
  { name }: Projection,
  { from, to, since, at }: WayBack & { readonly at: string },
): Ledger {
  const { live, previous, rolledBackFrom } = ledger;
  if (live.collection === to) return ledger;
  const isThere = live.collection === from && live.movedAt === since;
  if (previous?.collection !== to || !isThere) {
    throw new RebuildOvertaken(`${name} was swapped by another process`);
  }
  const highest = Math.max(live.version, rolledBackFrom ?? 0);
  return {
    ...ledger,
    live: { ...previous, movedAt: at, faults: pastSkipped(ledger, previous.faults) },
    previous: live,
    rolledBackFrom: previous.version < highest ? highest : null,
  };
}
