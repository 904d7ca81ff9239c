import type { EventStore, Position } from '#event-store';

/** Between two looks at the log's end: one for all who wait. */
const LOOK_MS = 500;

interface Waiter {
  readonly after: Position | undefined;
  readonly wake: () => void;
}

/** Tells when the log has grown, to as many as wait for it; looks only while anybody does. */
export class Growth {
  private readonly waiters = new Set<Waiter>();
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;

  constructor(private readonly log: Pick<EventStore, 'head'>) {}

  /** Settles when something lies behind the position, or nobody waits any more. */
  async behind(after: Position | undefined, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const waiter: Waiter = {
        after,
        wake: () => {
          signal.removeEventListener('abort', waiter.wake);
          this.waiters.delete(waiter);
          resolve();
        },
      };
      this.waiters.add(waiter);
      signal.addEventListener('abort', waiter.wake);
      this.timer ??= setInterval(() => void this.look(), LOOK_MS);
    });
    if (this.waiters.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    // Of a log that is away nothing is known: it is looked at again.
    const head = await this.log.head().catch(() => undefined);
    this.isLooking = false;
    if (head === undefined) return;
    for (const { after, wake } of this.waiters) if (after === undefined || head > after) wake();
  }
}
