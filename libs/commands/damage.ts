import { UnreadableEvent } from '#domain';
import { StreamDamaged } from '#event-store';
import { FoldBehind } from './folds.ts';
import { ForeignEvent } from './head.ts';

/** Whether a stream takes no command until somebody has looked at it: its log is not what was written. */
export const isDamage = (error: Error): boolean =>
  [FoldBehind, StreamDamaged, ForeignEvent, UnreadableEvent].some((kind) => error instanceof kind);
