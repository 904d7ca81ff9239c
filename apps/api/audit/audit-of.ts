import type { Logger } from 'pino';
import { openAudit, type Audit } from '#audit';
import { createClock, type Config } from '#config';
import type { Stores } from '../stores.ts';

/** What seals the log of these stores, and proves by it. */
export function auditOf(config: Config, { eventStore, tlog }: Stores, log: Logger): Audit {
  const clock = createClock(config);
  return openAudit({
    config,
    eventStore,
    tlog,
    log: (message, detail) => log.warn(detail, `audit: ${message}`),
    now: () => clock.now(),
  });
}
