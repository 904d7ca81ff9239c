import type { Projection } from '../projection.ts';
import type { Follower } from './follower.ts';
import type { Trouble } from '../faults/troubles.ts';

/** What a following process remembers from one round to the next. */
export interface Work {
  readonly follower: Follower;
  /** Projections left behind, by name. */
  readonly troubles: Map<string, Trouble>;
  /** Swaps that are waited for, by name: how often they were told of, and since when that is known. */
  readonly swaps: Map<string, { readonly beat: number; readonly since: number }>;
  /** Collections found to be of another log, which somebody has been told of. */
  readonly astray: Set<string>;
  /** Ends the round that is under way; the next one looks at everything anew. */
  endRound: () => void;
  readonly addPassed: (projection: Projection, events: number) => void;
  /** Events this process has brought the projection past. */
  readonly passed: (projection: Projection) => number;
}

export function createWork(follower: Follower): Work {
  const passed = new Map<string, number>();
  const passedBy = ({ name }: Projection): number => passed.get(name) ?? 0;
  return {
    follower,
    troubles: new Map(),
    swaps: new Map(),
    astray: new Set(),
    endRound: () => undefined,
    passed: passedBy,
    addPassed: (projection, events) => {
      passed.set(projection.name, passedBy(projection) + events);
    },
  };
}
