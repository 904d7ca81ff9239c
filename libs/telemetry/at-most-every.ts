/**
 * The same work for all who ask at once and shortly after each other: it runs at most once in so
 * many milliseconds, however many ask, and what it came to is everybody's, a failure too.
 */
export function atMostEvery<T>(
  intervalMs: number,
  work: () => Promise<T>,
  now: () => number = () => performance.now(),
): () => Promise<T> {
  let last: { readonly began: number; readonly result: Promise<T> } | undefined;
  let isRunning = false;
  return () => {
    if (last && (isRunning || now() - last.began < intervalMs)) return last.result;
    isRunning = true;
    const result = work().finally(() => (isRunning = false));
    last = { began: now(), result };
    return result;
  };
}
