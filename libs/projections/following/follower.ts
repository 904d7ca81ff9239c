import type { EventStore, RecordedEvent } from '#event-store';
import type { ReadStore } from '#read-store';
import type { LastNumber } from '../known-numbers.ts';
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
   * and goes on, which it does by default; else it stops there.
   */
  readonly parks?: (projection: Projection) => boolean;
  /**
   * Called when the read models are found to have been filled from another log, or from a part of it
   * that is gone, before they are filled again: with the numbers they know, which the log may have lost.
   */
  readonly onAstray?: (known: readonly LastNumber[]) => Promise<void>;
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
