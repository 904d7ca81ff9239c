import 'reflect-metadata';
import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import pino, { type Logger } from 'pino';
import { createVerifier, type Verifier } from '#access';
import { requireWelcome, warnOfOpenLog } from '#event-store';
import { pausingAhead, Runners } from '#commands';
import { createAccessLog, Replays, type AccessLog, type Audit } from '#audit';
import { createClock, runsProjector, servesDocs, type Clock, type Config } from '#config';
import { streamPrefixes } from '#domain';
import { readFigures } from '#outgoing';
import { Copies } from '#paper';
import { requireNoLostLog } from '#projections';
import {
  collectProjections,
  createMetrics,
  type Metrics,
  Outages,
  projectorLog,
  type Scrape,
  scrapeOf,
  sealGauges,
  webhookGauges,
  serveMetrics,
  startTracing,
} from '#telemetry';
import { serveConsole } from './console/console.ts';
import { consoleFolder } from './console/files.ts';
import { whoLooked } from './access/who-looked.ts';
import { AppModule } from './app.module.ts';
import { startProjector } from './projector-beside.ts';
import { auditOf } from './audit/audit-of.ts';
import { bodies } from './http/doors/bodies.ts';
import { answerBrokenRequests } from './http/problems/broken-requests.ts';
import { countRequests } from './http/watching/count-requests.ts';
import { ProblemFilter } from './http/problems/problem.filter.ts';
import { traceRequests } from './http/watching/trace-requests.ts';
import { servicesOf, type Service } from './http/watching/services.ts';
import { requestLog } from './http/watching/request-log.ts';
import { correlate, nameParseErrors } from './http/request.ts';
import { allowOrigins, limitSlowCallers, securityHeaders } from './http/doors/security.ts';
import { endSilentConnections } from './http/doors/closing.ts';
import { HeldBack } from './http/doors/held-back.ts';
import { limitOverload, UnderWay } from './http/doors/overload.ts';
import { limitRefused } from './http/doors/refused.ts';
import { limitSlowBodies } from './http/doors/slow-bodies.ts';
import { limitSlowHandlers, type AnswerProblem } from './http/doors/slow-handlers.ts';
import { serveDocs } from './openapi.ts';
import { Damage } from './operations/damage.ts';
import { recordedBy } from './operations/recorded-by.ts';
import { pauseBeforeFirstNumber } from './operations/lost-numbers.ts';
import { asPages } from './verification/page/pages.ts';
import { closeStores, openStores, probesOf, type Stores } from './stores.ts';

export interface RunningApi {
  readonly url: string;
  /** Where the metrics are, if they have an address of their own. */
  readonly metricsUrl: string | undefined;
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
  readonly copies: Copies;
  readonly metrics: Metrics;
  readonly scrape: Scrape;
  readonly verify: Verifier;
  readonly outages: Outages<Service>;
  readonly audit: Audit;
  readonly recordedBy: Clock;
  readonly underWay: UnderWay;
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
  instruments: Instruments,
): Promise<NestExpressApplication> {
  const { log, metrics, outages, accessLog, underWay } = instruments;
  const clock = createClock(config);
  const damage = new Damage(log, metrics);
  const heldBack = new HeldBack((response) => underWay.letGo(response));
  const problems = new ProblemFilter(log, outages, heldBack);
  const module = AppModule.with({ ...instruments, stores, clock, config, damage, problems });
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: ['error', 'fatal'],
    abortOnError: false,
    bodyParser: false,
    // Its fields are counted before anything is believed of them.
    rawBody: true,
  });
  app.disable('x-powered-by');
  // The tags of this API are revisions; Express would put a weak one on everything else.
  app.disable('etag');
  app.set('trust proxy', [...config.TRUST_PROXY]);
  limitSlowCallers(app.getHttpServer());
  answerBrokenRequests(app.getHttpServer());
  app.use(correlate);
  app.use(traceRequests);
  app.use(requestLog(log));
  app.use(countRequests(metrics));
  app.use(whoLooked({ log: accessLog, clock }));
  const answer: AnswerProblem = (...given) => problems.answer(...given);
  app.use(limitSlowHandlers(answer));
  app.use(limitSlowBodies());
  app.use(securityHeaders);
  app.use('/xac-minh', asPages);
  allowOrigins(app, config);
  const { remembers } = instruments.verify;
  app.use(limitOverload({ underWay, remembers, answer }));
  app.use(limitRefused({ limit: config.REFUSED_LIMIT, remembers, answer }));
  const pages = consoleFolder();
  if (pages !== undefined) serveConsole(app, config, pages);
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.use(nameParseErrors);
  app.use(bodies);
  if (servesDocs(config)) serveDocs(app);
  return app;
}

/** @throws EventStoreRefuses the log will not have us */
async function openWelcome(config: Config, log: Logger): Promise<Stores> {
  const stores = await openStores(config, (message, error) => log.error({ err: error }, message));
  try {
    await requireWelcome(stores.eventStore);
    await requireNoLostLog(config, stores);
    return stores;
  } catch (error) {
    await closeStores(stores);
    throw error;
  }
}

async function createInstruments(
  config: Config,
  stores: Stores,
  log: Logger,
): Promise<Instruments> {
  const verify = await createVerifier(config, (error) =>
    outages.met('issuer', error, { refused: 0 }),
  );
  const metrics = createMetrics(collectProjections(stores));
  const audit = auditOf(config, stores, (level, message, detail) => log[level](detail, message));
  sealGauges(metrics.registry, () => audit.sealed.figures());
  webhookGauges(metrics.registry, () => readFigures(stores.webhooks));
  const underWay = new UnderWay(config.MOST_AT_ONCE);
  const outages = new Outages(log, servicesOf(probesOf(stores, verify, () => underWay.isFull())));
  return {
    log,
    verify,
    outages,
    underWay,
    accessLog: createAccessLog({
      store: stores.access,
      log: (message, detail) => log.error(detail, message),
    }),
    metrics,
    scrape: scrapeOf(metrics.registry),
    replays: openReplays(config),
    copies: new Copies(),
    audit,
    recordedBy: await recordedBy(config, stores.eventStore, log),
  };
}

/** Pauses registers whose read models know numbers that the log lacks. */
function pausingLost(config: Config, { eventStore }: Stores, log: Logger) {
  const clock = createClock(config);
  const runners = new Runners(eventStore, { now: () => clock.now() });
  return pausingAhead({ runners, eventStore }, (message, detail) =>
    log.error(detail, `api: ${message}`),
  );
}

/**
 * Starts the service as configured: the API, and on embedded stores the projections beside it.
 * @throws EventStoreRefuses the log will not have us, which no waiting mends
 */
export async function startApi(
  config: Config,
  log: Logger = pino({ level: config.LOG_LEVEL }),
): Promise<RunningApi> {
  const stopTracing = await startTracing(config);
  const stores = await openWelcome(config, log);
  const instruments = await createInstruments(config, stores, log);
  const { outages, accessLog, replays, copies, scrape } = instruments;
  void outages.look(['eventStore', 'readStore']);
  void warnOfOpenLog(config, streamPrefixes, (message, detail) => log.warn(detail, message));
  const app = await createApp(config, stores, instruments);
  const endSilent = endSilentConnections(app.getHttpServer());
  const pauseLost = pausingLost(config, stores, log);
  await pauseBeforeFirstNumber(stores, pauseLost);
  const told = projectorLog(log, outages);
  const projector = runsProjector(config)
    ? startProjector(config, { log: told, onAstray: pauseLost })
    : undefined;
  await projector?.ready();
  await app.listen(config.PORT, config.HOST);
  const url = await app.getUrl();
  const figures = await serveMetrics(config, scrape);
  log.info({ url, metrics: figures.url }, 'api: listening');
  return {
    url,
    metricsUrl: figures.url,
    stores,
    server: app.getHttpServer(),
    close: async () => {
      outages.close();
      figures.close();
      const closed = app.close();
      endSilent();
      await closed;
      await projector?.stop();
      await replays.close();
      await copies.close();
      await accessLog.close();
      await closeStores(stores);
      await stopTracing();
    },
  };
}
