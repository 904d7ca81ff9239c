import { LONGEST_TIMER_MS } from '#config';
import { rested } from '#threads';

/** Wakes one that waits, or that is about to: a ring is not lost on one who is busy. */
export class Bell {
  private controller = new AbortController();

  /** Fires with the next ring, or has where one was not answered yet. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  ring(): void {
    this.controller.abort();
  }

  /** Whether it has rung since it was last asked. */
  answered(): boolean {
    if (!this.controller.signal.aborted) return false;
    this.controller = new AbortController();
    return true;
  }

  /** Until it rings, the time is over, or the signal fires. */
  async wait(signal: AbortSignal, ms = LONGEST_TIMER_MS): Promise<void> {
    const either = AbortSignal.any([signal, this.signal]);
    await rested(ms, either);
  }
}
