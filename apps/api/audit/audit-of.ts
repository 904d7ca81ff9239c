import { openAudit, type Audit } from '#audit';
import { createClock, type Config } from '#config';
import type { Tell } from '#telemetry';
import type { Stores } from '../stores.ts';

/** What seals the log of these stores, and proves by it. */
export function auditOf(
  config: Config,
  { eventStore, tlog }: Pick<Stores, 'eventStore' | 'tlog'>,
  tell: Tell,
): Audit {
  const clock = createClock(config);
  return openAudit({
    config,
    eventStore,
    tlog,
    log: (message, detail) => tell('warn', `audit: ${message}`, detail),
    now: () => clock.now(),
  });
}
