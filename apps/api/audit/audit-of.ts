import type { Logger } from 'pino';
import { openAudit, startSealing, type Audit } from '#audit';
import { createClock, type Config } from '#config';
import { streamPrefixes } from '#domain';
import { keepLease } from '#projections';
import type { Stores } from '../stores.ts';

/** What seals the log of these stores, and proves by it. */
export function auditOf(config: Config, { eventStore, tlog }: Stores, log: Logger): Audit {
  const clock = createClock(config);
  return openAudit({
    config,
    eventStore,
    tlog,
    prefixes: streamPrefixes,
    log: (message, detail) => log.warn(detail, `audit: ${message}`),
    now: () => clock.now(),
  });
}

/** Seals the log in this process, in turn with others. */
export const sealBeside = (
  config: Config,
  { tlog }: Stores,
  { log, audit }: { readonly log: Logger; readonly audit: Audit },
) =>
  startSealing({
    audit,
    config,
    lease: () => keepLease(tlog, 'tlog'),
    log: (level, message, detail) => log[level](detail, message),
  });
