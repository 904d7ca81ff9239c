import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { UnreadableEvent } from '#domain';
import type { Metrics } from '#telemetry';

/** Streams remembered; more than that is no longer a matter of single streams. */
const MOST = 1000;
/** A stream that nobody has found damaged for so long is no longer said to be, in milliseconds. */
const REMEMBERED_MS = 10 * 60 * 1000;

/** Streams this process has found to hold less than was known of them. */
export class Damage {
  private readonly streams = new LRUCache<string, true>({ max: MOST, ttl: REMEMBERED_MS });

  constructor(
    private readonly log: Logger,
    private readonly metrics: Metrics,
  ) {}

  /** Alarms when the stream was not known to be damaged; remembers it either way. */
  report(stream: string, error: Error): void {
    if (!this.streams.has(stream)) {
      const unreadable = error instanceof UnreadableEvent;
      const section = unreadable ? 'An event cannot be read' : 'A register is damaged';
      const remedy = `its numbering stands still; see docs/operations.md, "${section}"`;
      const what = unreadable ? 'unreadable' : 'damaged';
      this.log.error({ stream, remedy }, `register ${what}: ${error.message}`);
    }
    this.streams.set(stream, true);
    this.metrics.damagedStreams.set(this.names().length);
  }

  names(): readonly string[] {
    this.streams.purgeStale();
    return [...this.streams.keys()].sort();
  }
}
