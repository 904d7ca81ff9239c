import { UnreadableEvent } from '#domain';
import { StreamDamaged, type Revision } from '#event-store';
import { ForeignEvent } from './head.ts';

/**
 * The log holds less of a stream than was known of it: events were lost. The stream takes no
 * command until an operator has said what was lost; others go on.
 */
export class FoldBehind extends Error {
  override readonly name = 'FoldBehind';
  constructor(
    readonly stream: string,
    /** The last revision that was known. */
    readonly known: Revision,
    readonly found: Revision,
  ) {
    super(`${stream}: known up to revision ${known}, the log ends at ${found}`);
  }
}

/** Whether a stream takes no command until somebody has looked at it: its log is not what was written. */
export const isDamage = (error: unknown): error is Error =>
  [FoldBehind, StreamDamaged, ForeignEvent, UnreadableEvent].some((kind) => error instanceof kind);
