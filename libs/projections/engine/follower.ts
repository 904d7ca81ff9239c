import type { EventStore, RecordedEvent } from '#event-store';
import type { ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';

/** What a process needs to follow the log; `log` is told what an operator should know. */
export interface Follower {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly projections: readonly Projection[];
  readonly signal: AbortSignal;
  readonly log: (level: 'info' | 'error', message: string, detail: object) => void;
  /**
   * Whether the projection sets an event it cannot take aside, with the rest of the event's stream,
   * and goes on; by default it stops there.
   */
  readonly parks?: (projection: Projection) => boolean;
  /** Called around each batch of a projection, to observe it; must do the work, once. */
  readonly around?: <T>(
    projection: Projection,
    batch: readonly RecordedEvent[],
    work: () => Promise<T>,
  ) => Promise<T>;
  /** How long the collection before a swap is kept, in milliseconds. By default an hour. */
  readonly graceMs?: number;
  /** How long another process must be silent before its projections are taken over, in milliseconds. */
  readonly leaseMs?: number;
  /** Pause before what failed is tried the second time; it doubles with each. Default 200 ms. */
  readonly firstPauseMs?: number;
}
