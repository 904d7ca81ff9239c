import { join } from 'node:path';
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import { TerminusModule } from '@nestjs/terminus';
import { ThrottlerStorageService } from '@nestjs/throttler';
import type { Logger } from 'pino';
import type { Verifier } from '#access';
import { Replays, type AccessLog, type Audit } from '#audit';
import { AgencyGate, Runners } from '#commands';
import { RunCommandHandler } from '#commands/bus';
import { agencyPolicy, headCacheBytes, type Clock, type Config } from '#config';
import { Growth } from '#outgoing';
import { readLayouts, type Copies } from '#paper';
import { ReadModels } from '#projections';
import { observedStore, type Metrics, type Scrape } from '#telemetry';
import { Bundles } from './audit/bundles.ts';
import { CopyDesk, CopyTurns } from './copies/copy-desk.ts';
import { Desk } from './desk.ts';
import { ExportJobs } from './exports/export-jobs.ts';
import { ExportTools } from './exports/export-tools.ts';
import { JobStore } from './exports/job-store.ts';
import { FeedStreams } from './feed/feed-streams.ts';
import { Feed } from './feed/feed.ts';
import { controllersOf } from './controllers.ts';
import { readCalendar } from './dossiers/work-calendar.ts';
import { AccessGuard, CallerGuard } from './http/doors/access.guard.ts';
import type { ProblemFilter } from './http/problems/problem.filter.ts';
import { RateLimitGuard } from './http/doors/rate-limit.ts';
import { validationPipe } from './http/fields/validation.ts';
import type { Damage } from './operations/damage.ts';
import {
  ACCESS_LOG,
  AUDIT,
  CLOCK,
  CONFIG,
  EVENT_STORE,
  HEARTBEAT,
  SCRAPE,
  WORK_CALENDAR,
} from './injected.ts';
import { ProjectionFeed } from './operations/projection-feed.ts';
import { projectionList } from './operations/projection-rows.ts';
import { FindPageHandler, GetDocumentHandler } from './queries.handlers.ts';
import { Reads } from './reads.ts';
import { Renders } from './specimens/renders.ts';
import { SpecimenDesk } from './specimens/specimen-desk.ts';
import { heartbeat, type Stores } from './stores.ts';
import { Verifications } from './verification/verifications.ts';

export interface Parts {
  readonly stores: Stores;
  readonly clock: Clock;
  /** What commands are dated by. */
  readonly recordedBy: Clock;
  readonly verify: Verifier;
  readonly log: Logger;
  readonly config: Config;
  readonly accessLog: AccessLog;
  readonly metrics: Metrics;
  readonly scrape: Scrape;
  readonly replays: Replays;
  readonly copies: Copies;
  readonly damage: Damage;
  readonly audit: Audit;
  readonly problems: ProblemFilter;
}

const value = <T>(provide: symbol | (new (...args: never[]) => T), useValue: T) => ({
  provide,
  useValue,
});

@Module({})
export class AppModule {
  static with(parts: Parts): DynamicModule {
    const { stores, clock, config, metrics } = parts;
    const runners = createRunners(parts);
    const gate = new AgencyGate(runners, agencyPolicy(config));
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot(), TerminusModule.forRoot({ logger: false })],
      controllers: controllersOf(config),
      providers: [
        value(Runners, runners),
        value(ReadModels, new ReadModels(stores.readStore, stores.eventStore)),
        value(Replays, parts.replays),
        value(Reads, new Reads(config)),
        ...withPictures(parts),
        ...printing(parts, runners),
        ...verifying(parts),
        ...feeding(parts),
        ...handedOut(parts),
        {
          provide: Desk,
          inject: [CommandBus, QueryBus],
          useFactory: (commands: CommandBus, queries: QueryBus) =>
            new Desk({ commands, queries, clock, metrics }),
        },
        SpecimenDesk,
        value(ProjectionFeed, new ProjectionFeed(() => projectionList(stores))),
        {
          provide: RunCommandHandler,
          // The bus knows a handler by its class only where Nest has it made.
          inject: [],
          useFactory: () => new RunCommandHandler({ runners, gate, images: stores.images }),
        },
        FindPageHandler,
        GetDocumentHandler,
        ...aroundEveryRoute(parts, gate),
      ],
    };
  }
}

/** What is no class, each by its name. */
const handedOut = ({ stores, accessLog, clock, scrape, ...parts }: Parts): Provider[] => [
  value(EVENT_STORE, stores.eventStore),
  value(ACCESS_LOG, accessLog),
  value(CLOCK, clock),
  value(CONFIG, parts.config),
  value(WORK_CALENDAR, readCalendar(parts.config.WORK_CALENDAR)),
  value(SCRAPE, scrape),
  value(HEARTBEAT, heartbeat(stores, parts)),
  value(AUDIT, parts.audit),
  value(Bundles, new Bundles(parts.audit, stores)),
];

/** What prints registers. Its reads take turns among themselves, and leave the lists' turns alone. */
function printing({ stores, audit, clock, config, log }: Parts, runners: Runners): Provider[] {
  const { eventStore, readStore, access, images } = stores;
  const models = new ReadModels(readStore, eventStore);
  const layouts = readLayouts(config.REGISTER_FORMS);
  const sources = { runners, eventStore, models, audit, layouts, images };
  const jobs = new ExportJobs({
    ...{ sources, clock, log, reads: new Reads(config), jobs: new JobStore(access) },
    folder: join(config.DATA_DIR, 'exports'),
    hours: config.EXPORT_HOURS,
  });
  return [value(ExportJobs, jobs), value(ExportTools, new ExportTools(sources, clock))];
}

/** What decodes pictures, and draws them on copies. */
function withPictures({ stores, copies }: Parts): Provider[] {
  const renders = new Renders(stores.images);
  return [value(Renders, renders), value(CopyDesk, new CopyDesk(copies, renders)), CopyTurns];
}

/** What anybody may ask. Its reads take turns of their own. */
function verifying({ stores, audit, config }: Parts): Provider[] {
  const models = new ReadModels(stores.readStore, stores.eventStore);
  const longestMs = config.READ_SECONDS * 1000;
  return [value(Verifications, new Verifications({ models, audit, longestMs }))];
}

/** What other systems read of the log. */
function feeding({ stores: { eventStore }, accessLog, clock }: Parts): Provider[] {
  const feed = new Feed(eventStore);
  const streams = new FeedStreams(feed, new Growth(eventStore), { log: accessLog, clock });
  return [value(Feed, feed), value(FeedStreams, streams)];
}

function createRunners({ stores, metrics, recordedBy, config, damage }: Parts): Runners {
  return new Runners(observedStore(stores.eventStore, metrics), {
    now: () => recordedBy.now(),
    heads: stores.heads,
    cacheBytes: headCacheBytes(config),
    onDamaged: (stream, error) => damage.report(stream, error),
  });
}

/** Filter, guards (in this order) and pipe of the whole API. */
function aroundEveryRoute(parts: Parts, gate: AgencyGate): Provider[] {
  const { verify, config, problems } = parts;
  const hits = new ThrottlerStorageService();
  return [
    { provide: APP_FILTER, useValue: problems },
    value(ThrottlerStorageService, hits),
    { provide: APP_GUARD, useValue: new CallerGuard(verify) },
    { provide: APP_GUARD, useValue: new RateLimitGuard(config, hits) },
    { provide: APP_GUARD, useValue: new AccessGuard(gate) },
    { provide: APP_PIPE, useValue: validationPipe() },
  ];
}
