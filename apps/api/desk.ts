import type { Response } from 'express';
import type { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  nouns,
  StaleRevision,
  type Asked,
  type Noun,
  type Nouns,
  type Outcome,
  type StreamEnd,
} from '#commands';
import type { RunCommand } from '#commands/bus';
import { EVERY_AGENCY } from '#access';
import type { Clock } from '#config';
import { mayBelongTo, Refusal, vietnameseDate, type CalendarDate } from '#domain';
import { placeIn, tokenOf, type Place } from '#outgoing';
import type { Query, StoredDoc } from '#read-store';
import { agencyList, auditHistory, type Projection } from '#projections';
import { inSpan, type Metrics } from '#telemetry';
import { askerOf } from './http/asker.ts';
import { ApiProblem } from './http/problems/api-problems.ts';
import type { ListPage } from './http/fields/paging.dto.ts';
import { ifMatch } from './http/fields/preconditions.ts';
import { contextOf, type ApiRequest } from './http/request.ts';
import { FindPage, GetDocument } from './queries.handlers.ts';

interface Tools {
  readonly commands: CommandBus;
  readonly queries: QueryBus;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

/** What every controller needs: the buses, the clock, and how commands and queries are answered. */
export class Desk {
  constructor(private readonly tools: Tools) {}

  today(): CalendarDate {
    return vietnameseDate(this.tools.clock.now());
  }

  /** Who asks, when, and on which revisions: what goes with every command. */
  asked(request: ApiRequest): Asked {
    return { context: contextOf(request), ifRevision: ifMatch(request) };
  }

  /**
   * Carries a command out. `show` gives what its caller sees of a state: the answer where the
   * caller's `If-Match` no longer holds.
   * @throws ApiProblem CONFLICT
   */
  async run<N extends Noun>(
    request: ApiRequest,
    message: RunCommand<N>,
    show: (state: Nouns[N]['outcome']['state']) => object | null | undefined,
  ): Promise<Nouns[N]['outcome']> {
    const { noun, task } = message;
    const { type } = task.command;
    request.stream = nouns[noun].stream(task);
    const stop = this.tools.metrics.commands.startTimer({ command: type });
    try {
      const outcome = await inSpan(type, () => this.tools.commands.execute(message));
      stop({ outcome: 'done' });
      return outcome;
    } catch (error) {
      stop({ outcome: error instanceof Refusal ? 'refused' : 'failed' });
      if (!(error instanceof StaleRevision)) throw error;
      const current = show(error.state as Nouns[N]['outcome']['state']) ?? null;
      const position = positionToken(error.end);
      throw new ApiProblem('CONFLICT', { revision: error.actual, position, current });
    }
  }

  /** The document, which must be there and belong to the agency. @throws ApiProblem NOT_FOUND */
  async document(request: ApiRequest, projection: Projection, id: string): Promise<StoredDoc> {
    const found = await this.documentIfThere(request, projection, id);
    if (!found) throw new ApiProblem('NOT_FOUND', {});
    return found;
  }

  /** The document, where there is one and it belongs to the agency. */
  async documentIfThere(
    request: ApiRequest,
    projection: Projection,
    id: string,
  ): Promise<StoredDoc | undefined> {
    const query = new GetDocument(projection, id, readAfter(request));
    const found = await this.tools.queries.execute(query);
    return found?.doc['agency'] === request.params['agency'] ? found : undefined;
  }

  /** The one document these fields name, which must be there. @throws ApiProblem NOT_FOUND */
  async only(
    request: ApiRequest,
    projection: Projection,
    fields: Readonly<Record<string, string>>,
  ): Promise<StoredDoc> {
    const filter = { ...fields, agency: String(request.params['agency']) };
    const { items } = await this.page(request, projection, { filter, limit: 1 });
    const [found] = items;
    if (!found) throw new ApiProblem('NOT_FOUND', {});
    return found;
  }

  async page(request: ApiRequest, projection: Projection, query: Query): Promise<ListPage> {
    const asked = new FindPage(askerOf(request), projection, query, readAfter(request));
    const { parked, ...page } = await this.tools.queries.execute(asked);
    if (page.total === 0) await this.requireKnown(request);
    const agency = request.params['agency'];
    const concerned = parked.filter(({ event }) =>
      agency === undefined ? true : mayBelongTo(event.stream, String(agency)),
    );
    const standing = concerned.map(({ event, at }) => ({ stream: event.stream, since: at }));
    return { ...page, standing };
  }

  /** Pages for what is summed of many of them. */
  pagesFor(request: ApiRequest) {
    return (projection: Projection, query: Query) => this.page(request, projection, query);
  }

  /**
   * Whoever reads every agency is told where there is none of the code: nothing found would look
   * like nothing done. One that was never registered exists by what happened there.
   * @throws ApiProblem NOT_FOUND
   */
  async requireKnown(request: ApiRequest): Promise<void> {
    const { agency } = request.params;
    if (agency === undefined || request.caller?.agencies.includes(EVERY_AGENCY) !== true) return;
    const traces: readonly (readonly [Projection, Query])[] = [
      [agencyList, { filter: { code: String(agency) }, limit: 1 }],
      [auditHistory, { filter: { agency: String(agency) }, limit: 1 }],
    ];
    for (const [projection, query] of traces) {
      const { items } = await this.tools.queries.execute(
        new FindPage(askerOf(request), projection, query, undefined),
      );
      if (items.length > 0) return;
    }
    throw new ApiProblem('NOT_FOUND', {});
  }
}

/** Where a reader has seen its own write, as `Position` told it: what the read model is to have passed. */
function readAfter(request: ApiRequest): Place | undefined {
  const given = request.header('Read-After');
  if (given === undefined) return undefined;
  const place = placeIn(given);
  if (!place) throw new ApiProblem('INVALID_HEADER', { header: 'Read-After' });
  return place;
}

/** What a reader sends as `Read-After` to see what stands there; null where nothing does. */
const positionToken = ({ position, eventId }: StreamEnd): string | null =>
  position === undefined ? null : tokenOf(position, eventId);

/** Sets what every command answers beside its body: 201 where it made something, revision and position. */
export function answerCommand(
  response: Response,
  outcome: Outcome<unknown, unknown>,
  made = false,
): { readonly revision: number; readonly position: string | null; readonly repeated: boolean } {
  const { revision, events } = outcome;
  response.status(made && events.length > 0 ? 201 : 200);
  response.setHeader('ETag', `"${revision}"`);
  const token = positionToken(outcome);
  if (token !== null) response.setHeader('Position', token);
  if (outcome.repeated) response.setHeader('Idempotency-Replayed', 'true');
  return { revision, position: token, repeated: events.length === 0 };
}
