import { Inject } from '@nestjs/common';
import { Query as QueryMessage, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { streamPrefixes } from '#domain';
import { eventAtAnyNode, type EventStore } from '#event-store';
import { isMarked, type Place } from '#outgoing';
import { ReadModels, type Projection, type ReadPage } from '#projections';
import type { Query, StoredDoc } from '#read-store';
import { EVENT_STORE } from './injected.ts';
import type { Asker } from './http/asker.ts';
import { ApiProblem } from './http/problems/api-problems.ts';
import { Reads } from './reads.ts';

/** How long a reader waits for its own write to show. */
const PATIENCE_MS = 5000;

export class FindPage extends QueryMessage<ReadPage> {
  constructor(
    readonly asker: Asker,
    readonly projection: Projection,
    readonly query: Query,
    /** A reader's own write. */
    readonly readAfter: Place | undefined,
  ) {
    super();
  }
}

export class GetDocument extends QueryMessage<StoredDoc | undefined> {
  constructor(
    readonly projection: Projection,
    readonly id: string,
    /** A reader's own write. */
    readonly readAfter: Place | undefined,
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
  const { position, mark } = readAfter;
  const isThere = await models.waitFor(projection, position, 0);
  if (mark !== undefined) await requireKept(log, { position, mark });
  if (isThere) return;
  const head = await log.head(streamPrefixes);
  // No command can have answered a position that is not in the log.
  if (head === undefined || position > head) {
    throw new ApiProblem('INVALID_HEADER', { header: 'Read-After' });
  }
  if (await models.waitFor(projection, position, PATIENCE_MS)) return;
  throw new ApiProblem('READ_MODEL_BEHIND', {});
}

/**
 * The log still holds what the reader was told it wrote; an older copy of it may have been put back.
 * @throws ApiProblem CHANGE_LOST; INVALID_HEADER for what no log would call a position
 */
async function requireKept(log: EventStore, { position, mark }: Place): Promise<void> {
  const kept = await eventAtAnyNode(log, position).catch((error: unknown) => {
    if (!(error instanceof RangeError)) throw error;
    throw new ApiProblem('INVALID_HEADER', { header: 'Read-After' });
  });
  if (kept && isMarked(kept.id, mark)) return;
  throw new ApiProblem('CHANGE_LOST', {});
}

@QueryHandler(FindPage)
export class FindPageHandler implements IQueryHandler<FindPage> {
  constructor(
    readonly models: ReadModels,
    @Inject(EVENT_STORE) readonly log: EventStore,
    private readonly reads: Reads,
  ) {}

  /** Waiting for the caller's own write takes no turn from anybody. */
  async execute(asked: FindPage): Promise<ReadPage> {
    await passed(this, asked);
    const { asker, projection, query } = asked;
    return this.reads.take(asker, (signal) => this.models.find(projection, query, signal));
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
