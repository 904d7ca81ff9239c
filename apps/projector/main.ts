import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { inspect } from 'node:util';
import pino, { type Logger } from 'pino';
import { graceMs, InvalidConfig, loadConfig, maskOutput, type Config } from '#config';
import { pausingAhead, Runners } from '#commands';
import { streamPrefixes } from '#domain';
import {
  EventStoreRefuses,
  type EventStore,
  openEventStore,
  requireWelcome,
  warnOfOpenLog,
} from '#event-store';
import { openAudit, startSealing, type Audit } from '#audit';
import {
  allProjections,
  follow,
  keepLease,
  parking,
  requireNoLostLog,
  UnknownProjection,
} from '#projections';
import { readFigures, startWebhooks } from '#outgoing';
import { openReadStore, type ReadStore } from '#read-store';

import {
  collectProjections,
  createMetrics,
  Outages,
  projectorLog,
  type Scrape,
  scrapeOf,
  serveMetrics,
  sealGauges,
  webhookGauges,
  startTracing,
  tracedProjection,
} from '#telemetry';

/** Follows the log and keeps the read models; answers `/health/live` and `/metrics` on the configured port. */
async function run(config: Config): Promise<void> {
  const log = pino({ level: config.LOG_LEVEL });
  const stopTracing = await startTracing(config);
  const eventStore = await openEventStore(config);
  await requireWelcome(eventStore);
  void warnOfOpenLog(config, streamPrefixes, (message, detail) => log.warn(detail, message));
  const onDamaged = (told: string): void => log.error(`projector: ${told}`);
  const readStore = await openReadStore(config, 'read', onDamaged);
  await requireNoLostLog(config, { eventStore, readStore });
  const tlog = await openReadStore(config, 'tlog', onDamaged);
  const webhooks = await openReadStore(config, 'webhooks', onDamaged);
  const audit = auditOf(config, { eventStore, tlog }, log);
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const outages = outagesOf(log, eventStore, readStore);
  void outages.keepLooking(['eventStore', 'readStore'], LOOK_MS);
  const scrape = scrapeOfAll({ eventStore, readStore, webhooks }, audit);
  const figures = await serveMetrics(config, scrape);
  const health = await serveHealth(config, figures.url === undefined ? scrape : undefined);
  const told = projectorLog(log, outages);
  const sealing = startSealing({ audit, config, keepLease, log: told });
  const sending = startWebhooks({ config, eventStore, readStore, webhooks, log: told });
  log.info({ projections: allProjections.map(({ name }) => name) }, 'projector: following');
  await follow({
    eventStore,
    readStore,
    projections: allProjections,
    signal: stopping.signal,
    parks: parking(config.PARK_EVENTS),
    graceMs: graceMs(config),
    onAstray: pausingAhead({ runners: new Runners(eventStore), eventStore }, (message, detail) =>
      log.error(detail, `projector: ${message}`),
    ),
    around: tracedProjection,
    log: told,
  });
  outages.close();
  endHealth(health);
  figures.close();
  await Promise.all([sealing.stop(), sending.stop()]);
  const stores = [eventStore, readStore, tlog, webhooks];
  await Promise.all([...stores.map((store) => store.close()), stopTracing()]);
}

/** All that is told of these stores. */
function scrapeOfAll(
  { webhooks, ...stores }: Record<'readStore' | 'webhooks', ReadStore> & { eventStore: EventStore },
  audit: Audit,
): Scrape {
  const { registry } = createMetrics(collectProjections(stores));
  sealGauges(registry, () => audit.sealed.figures());
  webhookGauges(registry, () => readFigures(webhooks));
  return scrapeOf(registry);
}

/** Between two looks whether the stores answer: what is idle would not notice, in milliseconds. */
const LOOK_MS = 5000;

const outagesOf = (log: Logger, eventStore: EventStore, readStore: ReadStore) =>
  new Outages(log, {
    eventStore: {
      probe: () => eventStore.head(),
      away: 'projector: the log cannot be used; read models stand still; trying again',
      back: 'projector: the log can be used again',
    },
    readStore: {
      probe: () => readStore.ping(),
      away: 'projector: the read models’ store does not answer; they stand still; trying again',
      back: 'projector: the read models’ store is there',
    },
  });

/** What seals the log of these stores. */
const auditOf = (
  config: Config,
  stores: { readonly eventStore: EventStore; readonly tlog: ReadStore },
  log: Logger,
): Audit =>
  openAudit({
    ...stores,
    config,
    log: (message, detail) => log.warn(detail, `audit: ${message}`),
    now: () => new Date(),
  });

async function serveHealth({ PORT, HOST }: Config, scrape: Scrape | undefined): Promise<Server> {
  const health = createServer((request, response) => {
    answer(request.url, scrape).then(
      ({ status, type, text }) => response.writeHead(status, { 'Content-Type': type }).end(text),
      () => response.writeHead(500).end(),
    );
  }).listen(PORT, HOST);
  await once(health, 'listening');
  return health;
}

/** Connections that have never sent anything would be waited for. */
function endHealth(health: Server): void {
  health.close();
  health.closeAllConnections();
}

/** What a probe and Prometheus ask for. */
async function answer(url: string | undefined, scrape: Scrape | undefined) {
  const type = 'text/plain; charset=utf-8';
  if (url === '/health/live') return { status: 200, type, text: 'ok' };
  if (url !== '/metrics' || !scrape) return { status: 404, type, text: '' };
  return { status: 200, type: scrape.contentType, text: await scrape.text() };
}

async function main(): Promise<void> {
  await run(loadConfig(process.env));
}

/** What is wrong with the settings or their surroundings is told in a line; a fault of the program whole. */
const isTold = (error: unknown): error is Error =>
  error instanceof InvalidConfig ||
  error instanceof EventStoreRefuses ||
  error instanceof UnknownProjection ||
  (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

maskOutput();
main().catch((error: unknown) => {
  console.error(isTold(error) ? error.message : inspect(error));
  process.exit(1);
});
