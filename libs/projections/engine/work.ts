import type { Projection } from '../projection.ts';
import type { Follower } from './follower.ts';
import type { Trouble } from './troubles.ts';

/** What a following process remembers from one round to the next. */
export interface Work {
  readonly follower: Follower;
  /** Projections left behind, by name. */
  readonly troubles: Map<string, Trouble>;
  /** Swaps that are waited for, by name: the version of the record, and since when it is known. */
  readonly swaps: Map<string, { readonly version: number; readonly since: number }>;
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
    endRound: () => undefined,
    passed: passedBy,
    addPassed: (projection, events) => {
      passed.set(projection.name, passedBy(projection) + events);
    },
  };
}
