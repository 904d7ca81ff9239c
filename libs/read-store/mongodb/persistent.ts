import { setTimeout as delay } from 'node:timers/promises';
import { ReadStoreUnavailable } from '../port.ts';
import { guarded } from './failures.ts';

/** Longer than an election takes, and a server that is started anew. */
const PATIENCE_MS = 60_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

/**
 * Awaits a call that changes nothing where it is made twice, and makes it again while the store is
 * away: hours of filling are no price for an election of seconds. @throws ReadStoreUnavailable it
 * stayed away
 */
export async function persistent<T>(run: () => Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      return await guarded(run);
    } catch (error) {
      if (!(error instanceof ReadStoreUnavailable) || performance.now() + pause > end) throw error;
      await delay(pause);
    }
  }
}
