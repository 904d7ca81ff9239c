import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { pauseAhead, Runners } from '#commands';
import { createClock, type Config } from '#config';
import type { EventStore } from '#event-store';
import { knownAstray } from '#projections';
import type { Stores } from '../stores.ts';

type Known = Awaited<ReturnType<typeof knownAstray>>;
export type PauseLost = (known: Known) => Promise<void>;

/** Registers of which something knows more numbers than the log give none until an operator has spoken. */
export function pausingLost(config: Config, eventStore: EventStore, log: Logger): PauseLost {
  const clock = createClock(config);
  return async (known) => {
    const runners = new Runners(eventStore, { now: () => clock.now() });
    const streams = await pauseAhead({ runners, eventStore }, known);
    const remedy = 'ops numbering list; then ops numbering resume';
    if (streams.length > 0) {
      log.error({ streams, remedy }, 'api: numbering paused: the log has lost numbers');
    }
  };
}

/** How long a start waits to hear whether the read models know of more than the log, in milliseconds. */
const KNOWN_WITHIN_MS = 5000;

/** Before the first number is given; where the stores do not say in time, whoever follows the log will. */
export async function pauseBeforeFirstNumber(stores: Stores, pauseLost: PauseLost): Promise<void> {
  const pausing = knownAstray(stores)
    .then(pauseLost)
    .catch(() => undefined);
  await Promise.race([pausing, delay(KNOWN_WITHIN_MS, undefined, { ref: false })]);
}
