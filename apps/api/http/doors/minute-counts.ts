import { LRUCache } from 'lru-cache';

const WINDOW_MS = 60_000;
/** Counted at once: about 2 MB. Beyond it those longest silent are forgotten. */
const MOST_COUNTED = 20_000;

/** How often each has done something in a minute, which begins with the first time. */
export class MinuteCounts {
  private readonly counts = new LRUCache<string, number>({ max: MOST_COUNTED, ttl: WINDOW_MS });

  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  add(name: string): void {
    const before = this.counts.get(name);
    this.counts.set(name, (before ?? 0) + 1, { noUpdateTTL: before !== undefined });
  }

  /** Until its minute is over, at least 1. */
  secondsLeft(name: string): number {
    return Math.max(1, Math.ceil(this.counts.getRemainingTTL(name) / 1000));
  }
}
