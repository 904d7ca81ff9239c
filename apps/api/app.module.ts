import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import type { Verifier } from '#access';
import { AgencyGate, commandHandlers, ImageFiles, Runners } from '#commands';
import type { Clock } from '#config';
import type { AgencyPolicy } from '#domain';
import { ReadModels } from '#projections';
import { AgenciesController } from './agencies/agencies.controller.ts';
import { BooksController } from './books/books.controller.ts';
import { EntriesController } from './books/entries.controller.ts';
import { Desk } from './desk.ts';
import { HealthController } from './health/health.controller.ts';
import { AsOfController } from './history/as-of.controller.ts';
import { HistoryController } from './history/history.controller.ts';
import { AccessGuard } from './http/access.guard.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { validationPipe } from './http/validation.ts';
import { FindPageHandler, GetDocumentHandler } from './queries.handlers.ts';
import { SealsController } from './specimens/seals.controller.ts';
import { SignaturesController } from './specimens/signatures.controller.ts';
import { Heartbeat, Log, type Stores } from './stores.ts';

export interface Parts {
  readonly stores: Stores;
  readonly clock: Clock;
  readonly verify: Verifier;
  readonly log: Logger;
  /** What becomes of an agency nobody has registered. */
  readonly agencies: AgencyPolicy;
}

const value = <T>(provide: new (...args: never[]) => T, useValue: T) => ({ provide, useValue });

@Module({})
export class AppModule {
  static with({ stores, clock, verify, log, agencies }: Parts): DynamicModule {
    const runners = new Runners(stores.eventStore);
    const gate = new AgencyGate(runners, agencies);
    return {
      module: AppModule,
      imports: [CqrsModule.forRoot()],
      controllers: [
        BooksController,
        EntriesController,
        SignaturesController,
        SealsController,
        HistoryController,
        AsOfController,
        AgenciesController,
        HealthController,
      ],
      providers: [
        value(Runners, runners),
        value(AgencyGate, gate),
        value(ImageFiles, new ImageFiles(stores.images)),
        value(ReadModels, new ReadModels(stores.readStore)),
        value(Log, new Log(stores.eventStore)),
        value(Heartbeat, new Heartbeat(stores)),
        {
          provide: Desk,
          inject: [CommandBus, QueryBus],
          useFactory: (commands: CommandBus, queries: QueryBus) =>
            new Desk(commands, queries, clock),
        },
        ...commandHandlers,
        FindPageHandler,
        GetDocumentHandler,
        { provide: APP_FILTER, useValue: new ProblemFilter(log) },
        { provide: APP_GUARD, useValue: new AccessGuard(verify, gate) },
        { provide: APP_PIPE, useValue: validationPipe() },
      ],
    };
  }
}
