import type { Position, Revision } from '#event-store';

export interface Outcome<S, E> {
  /** None when the command had been carried out before. */
  readonly events: readonly E[];
  /** State right after the command. */
  readonly state: S;
  /** Revision of the stream right after the command; -1 for a stream still empty. */
  readonly revision: Revision;
  /** A read model that has passed it shows the command's effect; undefined for a stream still empty. */
  readonly position: Position | undefined;
  /** Id of the event at that position. */
  readonly eventId: string | undefined;
  /** The request's idempotency key was spent before: this is the first answer again. */
  readonly repeated?: true;
}
