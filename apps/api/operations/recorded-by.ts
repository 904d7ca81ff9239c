import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { lastRecorded } from '#commands';
import { CLOCK_IS_RIGHT, recordingClock, type Config, type SteadyClock } from '#config';
import { EventStoreUnavailable, type EventStore } from '#event-store';

const DAY_MS = 24 * 60 * 60 * 1000;
/** No office rests so long: a clock that says it did is worth a look. */
const LONG_MS = 31 * DAY_MS;
const LOOK_MS = 1000;

/**
 * What commands are dated by, held at the start against the last time in the log, and from then on
 * against a clock that nobody sets. A log that is away is asked until it answers.
 */
export async function recordedBy(
  config: Config,
  eventStore: EventStore,
  log: Logger,
): Promise<SteadyClock> {
  const clock = recordingClock(config, (byMs, refused) => {
    const detail = { seconds: Math.round(byMs / 1000) };
    const remedy = `correct the time of this machine; if it is right, ${CLOCK_IS_RIGHT}`;
    if (refused)
      log.error({ ...detail, remedy }, 'api: the clock has jumped, commands are refused');
    else log.warn(detail, 'api: the clock has jumped');
  });
  if (!(await isCompared(clock, eventStore, log))) void untilCompared(clock, eventStore, log);
  return clock;
}

/** False when the log did not answer. */
async function isCompared(clock: SteadyClock, eventStore: EventStore, log: Logger) {
  try {
    const last = await lastRecorded(eventStore);
    if (last) compare(clock, last, log);
    return true;
  } catch (error) {
    // A log that answers and cannot be read says so itself.
    return !(error instanceof EventStoreUnavailable);
  }
}

function compare(clock: SteadyClock, last: Date, log: Logger): void {
  const ago = clock.isPast(last);
  const detail = { lastRecorded: last.toISOString(), days: Math.round(ago / DAY_MS) };
  if (ago > LONG_MS) log.warn(detail, 'api: nothing was recorded for long: is the clock right?');
  if (ago < 0) sayAtOnce(clock);
}

/** Not with the first command only. */
function sayAtOnce(clock: SteadyClock): void {
  try {
    clock.now();
  } catch {
    // It was told.
  }
}

async function untilCompared(clock: SteadyClock, eventStore: EventStore, log: Logger) {
  do await delay(LOOK_MS, undefined, { ref: false });
  while (!(await isCompared(clock, eventStore, log)));
}
