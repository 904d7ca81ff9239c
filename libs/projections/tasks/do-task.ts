import { repair } from '../checking/repair.ts';
import type { Difference } from '../checking/compare.ts';
import { withScratch } from '../checking/scratch.ts';
import { verifyAll } from '../checking/verify.ts';
import type { Follower } from '../following/follower.ts';
import type { Projection } from '../projection.ts';
import { rebuild } from '../rebuilding/rebuild.ts';
import { rollback } from '../rebuilding/rollback.ts';
import type { Findings, TaskKind } from './task.ts';

/** Findings named one by one; of the others only their number would be news. */
const MOST_NAMED = 100;

export interface Doing {
  readonly follower: Follower;
  /** Stops it. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

type Does = (
  doing: Doing,
  projections: readonly Projection[],
) => Promise<readonly (Findings | null)[]>;

const verifying: Does = async ({ follower, signal, onProgress }, projections) => {
  const { eventStore, readStore } = follower;
  const verified = await withScratch((scratch) =>
    verifyAll({ eventStore, readStore, scratch }, projections, { onProgress, signal }),
  );
  return verified.map(({ documents, found, differences, skipped, setAside }) => ({
    documents,
    found,
    repaired: null,
    left: found,
    differences: differences.slice(0, MOST_NAMED),
    notJudged: [...skipped, ...setAside].slice(0, MOST_NAMED),
  }));
};

async function repairOne(doing: Doing, projection: Projection): Promise<Findings> {
  const { follower, signal, onProgress } = doing;
  const { eventStore, readStore } = follower;
  const differences: Difference[] = [];
  let found = 0;
  const onDifference = (one: Difference): void => {
    found += 1;
    if (differences.length < MOST_NAMED) differences.push(one);
  };
  const { documents, repaired, left, setAside } = await withScratch((scratch) =>
    repair({ eventStore, readStore, scratch }, projection, { onProgress, onDifference, signal }),
  );
  const notJudged = setAside.slice(0, MOST_NAMED);
  return { documents, found, repaired, left, differences, notJudged };
}

/** What each kind does; those of one kind that wait together are done together where that saves reading. */
export const does: Readonly<Record<TaskKind, Does>> = {
  rebuild: async ({ follower, signal, onProgress }, projections) => {
    const { eventStore, readStore, parks, graceMs } = follower;
    await rebuild({ eventStore, readStore, parks, graceMs, signal, onProgress }, projections);
    return projections.map(() => null);
  },
  verify: verifying,
  repair: async (doing, projections) => {
    const findings: Findings[] = [];
    for (const one of projections) findings.push(await repairOne(doing, one));
    return findings;
  },
  rollback: async ({ follower }, projections) => {
    for (const one of projections) await rollback(follower, one);
    return projections.map(() => null);
  },
};
