import type { Type } from '@nestjs/common';
import type { Config } from '#config';
import { AccessRecordsController } from './access/access-records.controller.ts';
import { AgenciesController } from './agencies/agencies.controller.ts';
import { ProofsController } from './audit/proofs.controller.ts';
import { SealedLogController } from './audit/sealed-log.controller.ts';
import { TilesController } from './audit/tiles.controller.ts';
import { BatchController } from './books/batch.controller.ts';
import { BooksController } from './books/books.controller.ts';
import { ProposalsController } from './proposals/proposals.controller.ts';
import { EntriesController } from './books/entries.controller.ts';
import { CopiesController } from './copies/copies.controller.ts';
import { ExportsController } from './exports/exports.controller.ts';
import { FeedController } from './feed/feed.controller.ts';
import { AsOfController } from './history/as-of.controller.ts';
import { ListsAsOfController } from './history/lists-as-of.controller.ts';
import { SpecimensAsOfController } from './history/specimens-as-of.controller.ts';
import { DifferenceController } from './history/difference.controller.ts';
import { ReplayController } from './history/replay.controller.ts';
import { HistoryController } from './history/history.controller.ts';
import { DossiersController } from './dossiers/dossiers.controller.ts';
import { MandatesController } from './mandates/mandates.controller.ts';
import { HealthController } from './operations/health.controller.ts';
import { MetricsController } from './operations/metrics.controller.ts';
import { ProjectionsController } from './operations/projections.controller.ts';
import { TasksController } from './operations/tasks.controller.ts';
import { FeesController } from './registers/fees.controller.ts';
import { FiguresController } from './registers/figures.controller.ts';
import { ReportsController } from './registers/reports.controller.ts';
import { RegisterTypesController } from './registers/register-types.controller.ts';
import { DevelopmentController } from './sign-in/development.controller.ts';
import { SignInController } from './sign-in/sign-in.controller.ts';
import { SealsController } from './specimens/seals.controller.ts';
import { SignaturesController } from './specimens/signatures.controller.ts';
import { VerificationController } from './verification/verification.controller.ts';

/** Every route there is. */
export const controllersOf = ({ METRICS_PORT, OIDC_ISSUER }: Config): Type[] => [
  BooksController,
  EntriesController,
  BatchController,
  RegisterTypesController,
  FeesController,
  FiguresController,
  ReportsController,
  CopiesController,
  ProposalsController,
  ExportsController,
  SignaturesController,
  SealsController,
  MandatesController,
  DossiersController,
  HistoryController,
  AsOfController,
  DifferenceController,
  ListsAsOfController,
  SpecimensAsOfController,
  ReplayController,
  FeedController,
  AccessRecordsController,
  ProofsController,
  SealedLogController,
  TilesController,
  AgenciesController,
  HealthController,
  ...(METRICS_PORT === undefined ? [MetricsController] : []),
  ProjectionsController,
  TasksController,
  SignInController,
  VerificationController,
  ...(OIDC_ISSUER === undefined ? [DevelopmentController] : []),
];
