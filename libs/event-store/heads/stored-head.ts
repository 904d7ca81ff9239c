import type { Position, Revision } from '../port.ts';

export interface StoredHead {
  readonly revision: Revision;
  /** Id and position of the event at that revision. */
  readonly eventId: string;
  readonly position: Position;
  /** The folded state, as the one who stored it writes it. */
  readonly snapshot: string;
}

export interface HeadStep {
  /** Names the fold: which stream, and by which version of which aggregate. */
  readonly name: string;
  /** The revision of the head that was gone on from; undefined from the beginning. */
  readonly from: Revision | undefined;
  readonly head: StoredHead;
  /** Keys of the events between the two, each with its revision. */
  readonly found: readonly (readonly [key: string, revision: Revision])[];
}
