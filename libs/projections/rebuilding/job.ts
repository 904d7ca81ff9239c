import type { LogAsked } from '../checking/astray-live.ts';
import type { Projection } from '../projection.ts';

/** What a rebuild works on, and how; whom it tells of a log that was lost is left out by who has told already. */
export interface Job extends LogAsked {
  /** Stops it; it can be gone on with. */
  readonly signal?: AbortSignal | undefined;
  /** Told after each batch how many events have been read, of about how many. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Told of each one that is gone on with, and how many events it has already. */
  readonly onResume?: ((projection: Projection, events: number) => void) | undefined;
  /** As for following: whether the projection sets aside what it cannot take; by default it does. */
  readonly parks?: ((projection: Projection) => boolean) | undefined;
  readonly milestoneMs?: number | undefined;
  /** How long the collection before is kept; by default an hour. */
  readonly graceMs?: number | undefined;
}

/** Long enough for readers that have just looked up its name, and for second thoughts. */
export const GRACE_MS = 3_600_000;
