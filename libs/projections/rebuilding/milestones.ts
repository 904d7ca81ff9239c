import type { Doc } from '#read-store';
import { recordOf, type Reached } from '../folding/checkpoint.ts';
import { allOf } from './all-of.ts';
import type { Filling } from './filling.ts';

const MILESTONE_MS = 10_000;
/** Milestones take at most this share of the time. */
const MILESTONE_SHARE = 0.05;

/** Keeps a milestone of each filling now and then. */
export function createMilestones(fillings: readonly Filling[], milestoneMs = MILESTONE_MS) {
  let [last, pause] = [performance.now(), milestoneMs];
  return async (reached: Reached): Promise<void> => {
    const now = performance.now();
    if (now - last < pause) return;
    await allOf(fillings.map((filling) => filling.load.milestone(milestoneOf(filling, reached))));
    last = performance.now();
    pause = Math.max(milestoneMs, (last - now) / MILESTONE_SHARE);
  };
}

function milestoneOf({ reached, parked }: Filling, now: Reached): Doc {
  const ahead = (reached.position ?? '') > (now.position ?? '') ? reached : now;
  return { ...recordOf(ahead), parked } as unknown as Doc;
}
