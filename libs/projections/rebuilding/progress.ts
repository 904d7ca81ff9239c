import type { ReadStore } from '#read-store';
import { rested } from '#threads';
import { RebuildAborted, RebuildOvertaken } from '../ledger/rebuilding.ts';
import { tell, type Claim } from './claim.ts';

interface Watched {
  readonly readStore: ReadStore;
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

/** Tells the ledgers once a second how far it has come, and hears from them when it is called off. */
export function createProgress(claims: readonly Claim[], watched: Watched): Progress {
  const { readStore } = watched;
  const ending = new AbortController();
  const stopping = new AbortController();
  const stopped = (): void => ending.abort(watched.signal?.reason);
  watched.signal?.addEventListener('abort', stopped, { once: true });
  if (watched.signal?.aborted) stopped();
  let latest: { readonly done: number; readonly total: number } | undefined;
  let first: { readonly done: number; readonly at: number } | undefined;

  const figures = () => {
    if (!latest || !first) return {};
    const seconds = (performance.now() - first.at) / 1000;
    const rate = seconds > 0 ? Math.round((latest.done - first.done) / seconds) : 0;
    return { ...latest, rate };
  };
  const tellAll = async (): Promise<void> => {
    for (const claim of claims) await tell(readStore, claim, figures());
  };
  const keep = async (): Promise<void> => {
    while ((await rested(TELL_MS, stopping.signal)) && !ending.signal.aborted) {
      await tellAll().catch((error: unknown) => {
        // A store that is away for a moment takes the next telling; only a lost claim ends it.
        if (error instanceof RebuildAborted || error instanceof RebuildOvertaken) {
          ending.abort(error);
        }
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
