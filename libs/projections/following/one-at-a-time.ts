/** For timers: a call is passed over while the one before is still under way. `work` never rejects. */
export function oneAtATime(work: () => Promise<void>): () => void {
  let busy = false;
  return () => {
    if (busy) return;
    busy = true;
    void work().finally(() => (busy = false));
  };
}
