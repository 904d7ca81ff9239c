/** Commands or streams under way at once. */
const TOGETHER = 64;

/**
 * Does the work for all of them, some at a time; answers in their order. The first failure is
 * thrown when nothing is under way any more: who is told of it may close the stores at once.
 */
export async function inBatches<T, R>(
  all: readonly T[],
  work: (one: T) => Promise<R>,
): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < all.length; at += TOGETHER) {
    const some = all.slice(at, at + TOGETHER).map(work);
    await Promise.allSettled(some);
    done.push(...(await Promise.all(some)));
  }
  return done;
}
