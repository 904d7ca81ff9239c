import { setTimeout as delay } from 'node:timers/promises';

interface RestOptions {
  /** False: the process does not stay for it. */
  readonly ref?: boolean;
}

/** Waits; false where the signal fired before. Never rejects: loops that rest between two looks end by it. */
export const rested = (ms: number, signal: AbortSignal, options?: RestOptions): Promise<boolean> =>
  delay(ms, true, { signal, ...options }).catch(() => false);
