import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import pino, { type Logger } from 'pino';
import { createVerifier } from '#access';
import { agencyPolicy, createClock, runsProjector, type Config } from '#config';
import { allProjections, follow } from '#projections';
import { AppModule } from './app.module.ts';
import { bodies } from './http/bodies.ts';
import { correlate, nameParseErrors } from './http/request.ts';
import { describeApi } from './openapi.ts';
import { closeStores, openStores, type Stores } from './stores.ts';

export interface RunningApi {
  readonly url: string;
  readonly stores: Stores;
  /** Stops taking requests, lets the ones under way finish, stops the projections and closes the stores. */
  close(): Promise<void>;
}

const BODY_LIMIT = '100kb';

/** The HTTP application over open stores, not yet listening. */
export async function createApp(
  config: Config,
  stores: Stores,
  log: Logger,
): Promise<NestExpressApplication> {
  const clock = createClock(config);
  const verify = await createVerifier(config);
  const module = AppModule.with({ stores, clock, verify, log, agencies: agencyPolicy(config) });
  const app = await NestFactory.create<NestExpressApplication>(module, {
    logger: ['error', 'fatal'],
    abortOnError: false,
    bodyParser: false,
  });
  app.disable('x-powered-by');
  app.use(correlate);
  app.useBodyParser('json', { limit: BODY_LIMIT });
  app.use(nameParseErrors);
  app.use(bodies);
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'docs/openapi.json',
  });
  return app;
}

/** Starts the service as configured: the API, and on embedded stores the projections beside it. */
export async function startApi(config: Config): Promise<RunningApi> {
  const log = pino({ level: config.LOG_LEVEL });
  const stores = await openStores(config);
  const app = await createApp(config, stores, log);
  const projector = runsProjector(config) ? startProjector(stores, log) : undefined;
  await app.listen(config.PORT, config.HOST);
  const url = await app.getUrl();
  log.info({ url }, 'api: listening');
  return {
    url,
    stores,
    close: async () => {
      await app.close();
      await projector?.stop();
      await closeStores(stores);
    },
  };
}

function startProjector({ eventStore, readStore }: Stores, log: Logger) {
  const stopping = new AbortController();
  const done = follow({
    eventStore,
    readStore,
    projections: allProjections,
    signal: stopping.signal,
    log: (level, message, detail) => log[level](detail, message),
  });
  const stop = async (): Promise<void> => {
    stopping.abort();
    await done;
  };
  return { stop };
}
