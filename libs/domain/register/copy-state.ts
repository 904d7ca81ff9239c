import type { SignedFile, StampedFile, StampFacts } from './copy-events.ts';

/** An electronic copy as it was stamped last, and signed. */
export interface Copy {
  readonly facts: StampFacts;
  readonly file: StampedFile;
  /** How often it was stamped. */
  readonly stamps: number;
  /** Left out until it is. */
  readonly signed?: SignedFile;
}
