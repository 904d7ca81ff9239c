import { ReadTooSlow } from './port.ts';

/** How long a read may take where nothing else is said, in milliseconds. */
export const LONGEST_READ_MS = 10_000;

/**
 * Does the work under a signal that also fires when its time is over.
 * @param asked fires when nobody waits any more
 * @throws ReadTooSlow where the work rejects with the reason of its signal, as it should
 */
export async function withinTime<T>(
  longestMs: number,
  asked: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  asked?.throwIfAborted();
  const ending = new AbortController();
  const leave = (): void => ending.abort(asked?.reason);
  const timer = setTimeout(
    () => ending.abort(new ReadTooSlow(`not read within ${longestMs / 1000} s`)),
    longestMs,
  );
  asked?.addEventListener('abort', leave, { once: true });
  try {
    return await work(ending.signal);
  } finally {
    clearTimeout(timer);
    asked?.removeEventListener('abort', leave);
  }
}
