/**
 * Does the work now and then until the answer is called; a time is passed over while the one before
 * is still under way. `work` never rejects.
 */
export function every(ms: number, work: () => Promise<void>): () => void {
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    void work().finally(() => (busy = false));
  }, ms);
  return () => clearInterval(timer);
}
