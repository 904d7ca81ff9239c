import type { Logger } from 'pino';
import { openAudit, startSealing, type Audit } from '#audit';
import type { Config } from '#config';
import { streamPrefixes } from '#domain';
import type { EventStore } from '#event-store';
import { keepLease } from '#projections';
import type { ReadStore } from '#read-store';

interface LogStores {
  readonly eventStore: EventStore;
  readonly tlog: ReadStore;
}

/** What seals the log of these stores. */
export const auditOf = (config: Config, stores: LogStores, log: Logger): Audit =>
  openAudit({
    ...stores,
    config,
    prefixes: streamPrefixes,
    log: (message, detail) => log.warn(detail, `audit: ${message}`),
    now: () => new Date(),
  });

/** Seals the log in this process, in turn with others. */
export const sealInTurn = (
  config: Config,
  { audit, tlog }: { readonly audit: Audit; readonly tlog: ReadStore },
  log: Logger,
) =>
  startSealing({
    audit,
    config,
    lease: () => keepLease(tlog, 'tlog'),
    log: (level, message, detail) => log[level](detail, message),
  });
