import { setTimeout as delay } from 'node:timers/promises';
import type { Claim } from './claims.ts';

interface Watched {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** How a rebuild is told of, and how it is told to stop. */
export interface Progress {
  /** Aborted when the caller says so, and when the claim is lost; with the reason. */
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  readonly stop: () => Promise<void>;
}

const TELL_MS = 1000;

/** Tells the records of the rebuild once a second how far it has come, and hears from them when it is called off. */
export function createProgress(claims: readonly Claim[], watched: Watched): Progress {
  const ending = new AbortController();
  const stopping = new AbortController();
  const stopped = (): void => ending.abort(watched.signal?.reason);
  watched.signal?.addEventListener('abort', stopped, { once: true });
  if (watched.signal?.aborted) stopped();
  let latest: { readonly done: number; readonly total: number } | undefined;
  let first: { readonly done: number; readonly at: number } | undefined;

  const tellAll = async (): Promise<void> => {
    const { done, total } = latest ?? { done: 0, total: 0 };
    const seconds = first ? (performance.now() - first.at) / 1000 : 0;
    const rate = first && seconds > 0 ? Math.round((done - first.done) / seconds) : 0;
    for (const { tell } of claims) await tell({ done, total, rate });
  };
  const rested = () => delay(TELL_MS, true, { signal: stopping.signal }).catch(() => false);
  const keep = async (): Promise<void> => {
    while ((await rested()) && !ending.signal.aborted) {
      await tellAll().catch((error: unknown) => {
        ending.abort(error);
      });
    }
  };
  const kept = keep();
  return {
    signal: ending.signal,
    onProgress: (done, total) => {
      latest = { done, total };
      first ??= { done, at: performance.now() };
      watched.onProgress?.(done, total);
    },
    stop: async () => {
      stopping.abort();
      watched.signal?.removeEventListener('abort', stopped);
      await kept;
    },
  };
}
