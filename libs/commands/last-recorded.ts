import { streamPrefixes } from '#domain';
import type { EventStore } from '#event-store';

/**
 * The time of the last thing in the log, by the clock of whoever wrote it; undefined where there is
 * none, or it says none. @throws EventStoreUnavailable
 */
export async function lastRecorded(log: EventStore): Promise<Date | undefined> {
  const head = await log.head(streamPrefixes);
  const last = head === undefined ? undefined : await log.eventAt(head);
  if (!last) return undefined;
  for await (const event of log.readStream(last.stream, { direction: 'backward', limit: 1 })) {
    const { occurredAt } = event.metadata;
    const time = new Date(typeof occurredAt === 'string' ? occurredAt : NaN);
    return Number.isNaN(time.getTime()) ? undefined : time;
  }
  return undefined;
}
