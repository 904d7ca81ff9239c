import { Inject } from '@nestjs/common';
import { Query as QueryMessage, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { streamPrefixes } from '#domain';
import type { EventStore, Position } from '#event-store';
import { ReadModels, type Projection, type ReadPage } from '#projections';
import type { Query, StoredDoc } from '#read-store';
import { EVENT_STORE } from './injected.ts';
import { ApiProblem } from './http/problems/api-problems.ts';

/** How long a reader waits for its own write to show. */
const PATIENCE_MS = 5000;

export class FindPage extends QueryMessage<ReadPage> {
  constructor(
    readonly projection: Projection,
    readonly query: Query,
    readonly readAfter: Position | undefined,
  ) {
    super();
  }
}

export class GetDocument extends QueryMessage<StoredDoc | undefined> {
  constructor(
    readonly projection: Projection,
    readonly id: string,
    readonly readAfter: Position | undefined,
  ) {
    super();
  }
}

interface Sources {
  readonly models: ReadModels;
  readonly log: EventStore;
}

async function passed(
  { models, log }: Sources,
  { projection, readAfter }: FindPage | GetDocument,
): Promise<void> {
  if (readAfter === undefined) return;
  if (await models.waitFor(projection, readAfter, 0)) return;
  const head = await log.head(streamPrefixes);
  // No command can have answered a position that is not in the log.
  if (head === undefined || readAfter > head) {
    throw new ApiProblem('INVALID_HEADER', { header: 'Read-After' });
  }
  if (await models.waitFor(projection, readAfter, PATIENCE_MS)) return;
  throw new ApiProblem('READ_MODEL_BEHIND', {});
}

@QueryHandler(FindPage)
export class FindPageHandler implements IQueryHandler<FindPage> {
  constructor(
    readonly models: ReadModels,
    @Inject(EVENT_STORE) readonly log: EventStore,
  ) {}

  async execute(asked: FindPage): Promise<ReadPage> {
    await passed(this, asked);
    return this.models.find(asked.projection, asked.query);
  }
}

@QueryHandler(GetDocument)
export class GetDocumentHandler implements IQueryHandler<GetDocument> {
  constructor(
    readonly models: ReadModels,
    @Inject(EVENT_STORE) readonly log: EventStore,
  ) {}

  async execute(asked: GetDocument): Promise<StoredDoc | undefined> {
    await passed(this, asked);
    return this.models.get(asked.projection, asked.id);
  }
}
