import { withScratch } from '#read-store';
import { repair } from '../checking/repair.ts';
import type { Difference } from '../checking/compare.ts';
import { verifyAll } from '../checking/verify.ts';
import type { Follower } from '../following/follower.ts';
import type { Projection } from '../projection.ts';
import { rebuild } from '../rebuilding/rebuild.ts';
import { rollback } from '../rebuilding/rollback.ts';
import { NothingToRollBackTo } from '../ledger/rebuilding.ts';
import type { Findings, Task, TaskKind } from './task.ts';

/** Findings named one by one; of the others only their number would be news. */
const MOST_NAMED = 100;

export interface Doing {
  readonly follower: Follower;
  /** Stops it. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

export interface Taken {
  readonly projection: Projection;
  readonly task: Task;
}

type Does = (doing: Doing, taken: readonly Taken[]) => Promise<readonly (Findings | null)[]>;

const projectionsOf = (taken: readonly Taken[]): readonly Projection[] =>
  taken.map(({ projection }) => projection);

const verifying: Does = async ({ follower, signal, onProgress }, taken) => {
  const { eventStore, readStore } = follower;
  const verified = await withScratch((scratch) =>
    verifyAll({ eventStore, readStore, scratch }, projectionsOf(taken), { onProgress, signal }),
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

async function rollBackOne({ follower, signal }: Doing, { projection, task }: Taken) {
  const { name } = projection;
  if (!task.way) throw new NothingToRollBackTo(`${name}: no way back was known; ask again`);
  await rollback({ ...follower, signal }, projection, task.way);
  return null;
}

/** Reading the log is shared by those that wait together; the others are each taken up in their turn, and settled by themselves. */
export const isDoneTogether = (kind: TaskKind): boolean => kind === 'rebuild' || kind === 'verify';

/** What each kind does. */
export const does: Readonly<Record<TaskKind, Does>> = {
  rebuild: async ({ follower, signal, onProgress }, taken) => {
    await rebuild({ ...follower, signal, onProgress }, projectionsOf(taken));
    return taken.map(() => null);
  },
  verify: verifying,
  repair: (doing, taken) => inTurn(taken, ({ projection }) => repairOne(doing, projection)),
  rollback: (doing, taken) => inTurn(taken, (one) => rollBackOne(doing, one)),
};

async function inTurn(
  taken: readonly Taken[],
  does: (one: Taken) => Promise<Findings | null>,
): Promise<readonly (Findings | null)[]> {
  const findings: (Findings | null)[] = [];
  for (const one of taken) findings.push(await does(one));
  return findings;
}
