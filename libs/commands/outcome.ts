import type { Position, Revision } from '#event-store';

/** The last event of a stream; undefined for a stream still empty. */
export interface StreamEnd {
  readonly position: Position | undefined;
  readonly eventId: string | undefined;
}

export interface Outcome<S, E> extends StreamEnd {
  /** None when the command had been carried out before. */
  readonly events: readonly E[];
  /** State right after the command. */
  readonly state: S;
  /** Revision of the stream right after the command; -1 for a stream still empty. */
  readonly revision: Revision;
  /** A read model that has passed it shows the command's effect. */
  readonly position: Position | undefined;
  /** The request's idempotency key was spent before: this is the first answer again. */
  readonly repeated?: true;
}
