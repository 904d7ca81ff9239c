import 'reflect-metadata';
import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import pino, { type Logger } from 'pino';
import { createVerifier } from '#access';
import { missingProtection } from '#event-store';
import { createAccessLog, Replays, type AccessLog } from '#audit';
import { createClock, graceMs, runsProjector, type Config } from '#config';
import { allProjections, follow, parking } from '#projections';
import {
  collectProjections,
  createMetrics,
  type Metrics,
  startTracing,
  tracedProjection,
} from '#telemetry';
import { AppModule } from './app.module.ts';
import { bodies } from './http/doors/bodies.ts';
import { answerBrokenRequests } from './http/problems/broken-requests.ts';
import { countRequests } from './http/watching/count-requests.ts';
import { ProblemFilter } from './http/problems/problem.filter.ts';
import { traceRequests } from './http/watching/trace-requests.ts';
import { requestLog } from './http/watching/request-log.ts';
import { correlate, nameParseErrors } from './http/request.ts';
import { allowOrigins, limitSlowCallers, securityHeaders } from './http/doors/security.ts';
import { limitSlowHandlers } from './http/doors/slow-handlers.ts';
import { describeApi } from './openapi.ts';
import { Damage } from './operations/damage.ts';
import { closeStores, openStores, untilReadable, type Stores } from './stores.ts';

export interface RunningApi {
  readonly url: string;
  readonly stores: Stores;
  readonly server: Server;
  /** Stops taking requests, lets the ones under way finish, stops the projections and closes the stores. */
  close(): Promise<void>;
}

const BODY_LIMIT = '100kb';

interface Instruments {
  readonly log: Logger;
  readonly accessLog: AccessLog;
  readonly replays: Replays;
  readonly metrics: Metrics;
}

/** What answers as-of questions, as configured. */
export const openReplays = (config: Config): Replays =>
  new Replays({
    log: config,
    atOnce: config.AS_OF_THREADS,
    deadlineMs: config.AS_OF_SECONDS * 1000,
  });

/** The HTTP application over open stores, not yet listening. */
export async function createApp(
  config: Config,
  stores: Stores,
  { log, accessLog, metrics, replays }: Instruments,
): Promise<NestExpressApplication> {
  const clock = createClock(config);
  const verify = await createVerifier(config);
  const damage = new Damage(log, metrics);
  const parts = { stores, clock, verify, log, config, accessLog, metrics, replays, damage };
  const module = AppModule.with(parts);
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: ['error', 'fatal'],
    abortOnError: false,
    bodyParser: false,
  });
  app.disable('x-powered-by');
  // The tags of this API are revisions; Express would put a weak one on everything else.
  app.disable('etag');
  app.set('trust proxy', config.TRUST_PROXY);
  limitSlowCallers(app.getHttpServer());
  answerBrokenRequests(app.getHttpServer());
  app.use(correlate);
  app.use(traceRequests);
  app.use(requestLog(log));
  app.use(countRequests(metrics));
  const problems = new ProblemFilter(log);
  app.use(limitSlowHandlers((...given) => problems.answer(...given)));
  app.use(securityHeaders);
  allowOrigins(app, config);
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.use(nameParseErrors);
  app.use(bodies);
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'docs/openapi.json',
  });
  return app;
}

/** Says at start what would let somebody delete or truncate events; a log that is away is told of elsewhere. */
async function warnOfOpenLog(config: Config, log: Logger): Promise<void> {
  const missing = await missingProtection(config).catch(() => undefined);
  if (missing === undefined) return;
  log.warn(
    { remedy: 'ops log protect, as an administrator' },
    `the log is not protected: ${missing}`,
  );
}

/** Starts the service as configured: the API, and on embedded stores the projections beside it. */
export async function startApi(
  config: Config,
  log: Logger = pino({ level: config.LOG_LEVEL }),
): Promise<RunningApi> {
  const stopTracing = await startTracing(config);
  const stores = await openStores(config, (message, error) => log.error({ err: error }, message));
  const waiting = new AbortController();
  void untilReadable(stores, log, waiting.signal);
  void warnOfOpenLog(config, log);
  const accessLog = createAccessLog({
    store: stores.access,
    log: (message, detail) => log.error(detail, message),
  });
  const metrics = createMetrics(collectProjections(stores));
  const replays = openReplays(config);
  const app = await createApp(config, stores, { log, accessLog, metrics, replays });
  const projector = runsProjector(config) ? startProjector(config, stores, log) : undefined;
  await app.listen(config.PORT, config.HOST);
  const url = await app.getUrl();
  log.info({ url }, 'api: listening');
  return {
    url,
    stores,
    server: app.getHttpServer(),
    close: async () => {
      waiting.abort();
      await app.close();
      await projector?.stop();
      await replays.close();
      await accessLog.close();
      await closeStores(stores);
      await stopTracing();
    },
  };
}

function startProjector(config: Config, { eventStore, readStore }: Stores, log: Logger) {
  const stopping = new AbortController();
  const done = follow({
    eventStore,
    readStore,
    projections: allProjections,
    signal: stopping.signal,
    parks: parking(config.PARK_EVENTS),
    graceMs: graceMs(config),
    around: tracedProjection,
    log: (level, message, detail) => log[level](detail, message),
  });
  const stop = async (): Promise<void> => {
    stopping.abort();
    await done;
  };
  return { stop };
}
