import { createServer } from 'node:http';
import pino from 'pino';
import { InvalidConfig, loadConfig, type Config } from '#config';
import { openEventStore } from '#event-store';
import { allProjections, follow } from '#projections';
import { openReadStore } from '#read-store';

/** Follows the log and keeps the read models; answers `/health/live` on the configured port. */
async function run(config: Config): Promise<void> {
  const log = pino({ level: config.LOG_LEVEL });
  const eventStore = openEventStore(config);
  const readStore = await openReadStore(config);
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const health = createServer((request, response) => {
    response.writeHead(request.url === '/health/live' ? 200 : 404).end();
  }).listen(config.PORT, config.HOST);
  log.info({ projections: allProjections.map(({ name }) => name) }, 'projector: following');
  await follow({
    eventStore,
    readStore,
    projections: allProjections,
    signal: stopping.signal,
    log: (level, message, detail) => log[level](detail, message),
  });
  health.close();
  await Promise.all([eventStore.close(), readStore.close()]);
}

async function main(): Promise<void> {
  await run(loadConfig(process.env));
}

main().catch((error: unknown) => {
  console.error(error instanceof InvalidConfig ? error.message : error);
  process.exit(1);
});
