import { lastRecorded } from '#commands';
import { recordingClock, type Clock, type Config } from '#config';
import type { EventStore } from '#event-store';

/** What a command of an operator is dated by; as the service's own, held against the last time in the log. */
export async function recordedBy(config: Config, eventStore: EventStore): Promise<Clock> {
  const clock = recordingClock(config, () => undefined);
  const last = await lastRecorded(eventStore);
  if (last) clock.isPast(last);
  return clock;
}
