import type { Position } from '#event-store';
import type { CollectionSpec, Load } from '#read-store';
import type { Reached } from '../folding/checkpoint.ts';
import type { Exclusions } from '../folding/exclusions.ts';
import type { Parked } from '../ledger/ledger.ts';
import type { Projection } from '../projection.ts';

/** A new collection of a projection, being filled from the log. */
export interface Filling {
  readonly projection: Projection;
  readonly spec: CollectionSpec;
  readonly load: Load;
  /** What is in it already, where it is gone on with. */
  readonly reached: Reached;
  /** Grows where streams are set aside on the way. */
  exclusions: Exclusions;
  parked: readonly Parked[];
  /** The last event that counts; by default the head of the log at the start. */
  readonly until?: Position;
  /** Whether it sets aside what it cannot take. */
  readonly parks: boolean;
}
