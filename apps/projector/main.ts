import { createServer } from 'node:http';
import pino from 'pino';
import { graceMs, InvalidConfig, loadConfig, type Config } from '#config';
import { EventStoreRefuses, openEventStore, requireWelcome, warnOfOpenLog } from '#event-store';
import { allProjections, follow, parking, UnknownProjection } from '#projections';
import { openReadStore } from '#read-store';
import {
  collectProjections,
  createMetrics,
  type Metrics,
  startTracing,
  tracedProjection,
} from '#telemetry';

/** Follows the log and keeps the read models; answers `/health/live` and `/metrics` on the configured port. */
async function run(config: Config): Promise<void> {
  const log = pino({ level: config.LOG_LEVEL });
  const stopTracing = await startTracing(config);
  const eventStore = openEventStore(config);
  await requireWelcome(eventStore);
  void warnOfOpenLog(config, (message, detail) => log.warn(detail, message));
  const readStore = await openReadStore(config);
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const { registry } = createMetrics(collectProjections({ eventStore, readStore }));
  const health = createServer((request, response) => {
    answer(request.url, registry).then(
      ({ status, type, text }) => response.writeHead(status, { 'Content-Type': type }).end(text),
      () => response.writeHead(500).end(),
    );
  }).listen(config.PORT, config.HOST);
  log.info({ projections: allProjections.map(({ name }) => name) }, 'projector: following');
  await follow({
    eventStore,
    readStore,
    projections: allProjections,
    signal: stopping.signal,
    parks: parking(config.PARK_EVENTS),
    graceMs: graceMs(config),
    around: tracedProjection,
    log: (level, message, detail) => log[level](detail, message),
  });
  health.close();
  await Promise.all([eventStore.close(), readStore.close(), stopTracing()]);
}

/** What a probe and Prometheus ask for. */
async function answer(url: string | undefined, registry: Metrics['registry']) {
  const type = 'text/plain; charset=utf-8';
  if (url === '/health/live') return { status: 200, type, text: 'ok' };
  if (url !== '/metrics') return { status: 404, type, text: '' };
  return { status: 200, type: registry.contentType, text: await registry.metrics() };
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

main().catch((error: unknown) => {
  console.error(isTold(error) ? error.message : error);
  process.exit(1);
});
