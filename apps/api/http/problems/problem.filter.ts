import {
  Catch,
  HttpException,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { ImageRefused, isDamage } from '#commands';
import { IssuerUnavailable, Unauthenticated } from '#access';
import { Refusal, UnreadableEvent } from '#domain';
import { EventStoreUnavailable } from '#event-store';
import { ImageStoreUnavailable } from '#image-store';
import { ReadStoreUnavailable } from '#read-store';
import { PdfRefused } from '#paper';
import { allowedMethods } from './allowed-methods.ts';
import { ApiProblem, apiProblems, type ApiProblemCode } from './api-problems.ts';
import { tagCurrent } from './current-tag.ts';
import { pdfProblems } from './pdf-problems.ts';
import { problemType, type Problem, type ProblemRow } from './problem.ts';
import { fromBadInput, fromImage, fromRefusal, fromRow, type Body } from './problem-bodies.ts';
import { takeBack } from './take-back.ts';
import { CallerLeft } from '../asker.ts';
import type { Outages } from '#telemetry';
import type { ApiRequest } from '../request.ts';
import { HeldBack } from '../doors/held-back.ts';
import { Overloaded } from '../doors/overload.ts';
import { TooSlow } from '../doors/slow-handlers.ts';
import type { Service } from '../watching/services.ts';
import { BadInput } from './bad-input.ts';
import { codeByKind, type ErrorKind } from './known-errors.ts';

const RETRY_AFTER_SECONDS = '1';
/** What takes a person to put right. */
const LATER: ReadonlySet<string> = new Set([
  'CLOCK_JUMPED',
  'SEALING_STOPPED',
  'AUDIT_KEYS',
  'REGISTER_PAUSED',
  'REGISTER_DAMAGED',
  'REGISTER_UNREADABLE',
]);
const LATER_SECONDS = '60';
/** 429 that no counter of requests has answered, which says by itself when to come back. */
const TRY_AGAIN: ReadonlySet<string> = new Set(['TOO_MANY_WAITING', 'TOO_MANY_LISTENERS']);
/**
 * What nobody expects: told with the error itself. Whatever else is 5xx is a state (a read model that
 * is filled again, a clock that jumped): said once where it begins, and by code in the request's line.
 */
const FAILURES: ReadonlySet<string> = new Set(['INTERNAL', 'AS_OF_FAILED']);

function fromApi(problem: ApiProblem): Body {
  const { code, details } = problem;
  const body = fromRow(code, apiProblems[code] as ProblemRow<unknown>, details);
  // Of what there is not yet, its stream's revision is all there is.
  const { current, revision } = details as { current?: object | null; revision?: number };
  if (current) return { ...body, current };
  return revision === undefined ? body : { ...body, current: { revision } };
}

const fromPdf = ({ code, details }: PdfRefused): Body =>
  fromRow(code, pdfProblems[code] as ProblemRow<unknown>, details);

const byStatus: Readonly<Record<number, ApiProblemCode>> = {
  400: 'MALFORMED_REQUEST',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'TOO_MANY_REQUESTS',
};

/** Errors of the framework and the body parser, known by the status they carry. */
function fromFramework(error: Error): Body | undefined {
  const { status } = error as { status?: unknown };
  const number = error instanceof HttpException ? error.getStatus() : status;
  if (typeof number !== 'number' || number < 400 || number > 499) return undefined;
  return fromApi(new ApiProblem(byStatus[number] ?? 'MALFORMED_REQUEST', {}));
}

/** What a failure says is away. */
const services: readonly (readonly [ErrorKind, Service])[] = [
  [EventStoreUnavailable, 'eventStore'],
  [ReadStoreUnavailable, 'readStore'],
  [ImageStoreUnavailable, 'images'],
  [IssuerUnavailable, 'issuer'],
  [TooSlow, 'handlers'],
  [Overloaded, 'room'],
];

const serviceOf = (error: unknown): Service | undefined =>
  services.find(([kind]) => error instanceof kind)?.[1];

function bodyOf(error: unknown): Body | undefined {
  if (error instanceof Refusal) return fromRefusal(error as Refusal);
  if (error instanceof BadInput) return fromBadInput(error);
  if (error instanceof ApiProblem) return fromApi(error as ApiProblem);
  if (error instanceof ImageRefused) return fromImage(error);
  if (error instanceof PdfRefused) return fromPdf(error as PdfRefused);
  if (error instanceof UnreadableEvent) return fromApi(new ApiProblem('REGISTER_UNREADABLE', {}));
  if (error instanceof Error && isDamage(error)) {
    return fromApi(new ApiProblem('REGISTER_DAMAGED', {}));
  }
  if (error instanceof Unauthenticated && error.claim !== undefined) {
    return fromApi(new ApiProblem('TOKEN_CLAIM', { claim: error.claim }));
  }
  if (error instanceof Overloaded) return fromApi(new ApiProblem('OVERLOADED', {}));
  if (serviceOf(error)) return fromApi(new ApiProblem('UNAVAILABLE', {}));
  const known = codeByKind.find(([kind]) => error instanceof kind);
  if (known) return fromApi(new ApiProblem(known[1], {}));
  return error instanceof Error ? fromFramework(error) : undefined;
}

/** What people read is NFC, also where it repeats what was sent. */
function readable(problem: Problem): Problem {
  const errors = problem.errors?.map((one) => ({ ...one, detail: one.detail.normalize('NFC') }));
  const detail = problem.detail.normalize('NFC');
  return { ...problem, detail, ...(errors && { errors }) };
}

/** Whatever was thrown, as the problem details of a request. */
export const problemOf = (error: unknown, { correlationId }: ApiRequest): Problem => {
  const body = bodyOf(error) ?? fromApi(new ApiProblem('INTERNAL', {}));
  return readable({ type: problemType(body.code), ...body, instance: correlationId });
};

/** A problem on its way: as data, or as a page where that was asked for. */
function sending(problem: Problem, request: ApiRequest, response: Response): () => void {
  const page = request.problemPage?.(problem);
  response.status(problem.status).type(page === undefined ? 'application/problem+json' : 'html');
  return () => {
    if (page === undefined) response.json(problem);
    else response.send(page);
  };
}

/** Turns whatever was thrown into problem details; a bug becomes 500 and tells nothing but its request. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Logger,
    private readonly outages: Outages<Service>,
    private readonly heldBack = new HeldBack(),
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<ApiRequest>(), http.getResponse<Response>());
  }

  answer(error: unknown, request: ApiRequest, response: Response): void {
    if (error instanceof CallerLeft) return;
    this.count(error, request);
    // It was answered while the handler was still at it.
    if (response.writableEnded) return;
    const body = this.answerTo(error, request, response);
    this.record(error, body, request);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    takeBack(response);
    tagCurrent(error, response);
    if (body.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    if (body.status === 503 || TRY_AGAIN.has(body.code)) {
      const seconds = LATER.has(body.code) ? LATER_SECONDS : RETRY_AFTER_SECONDS;
      response.setHeader('Retry-After', seconds);
    }
    const said = { type: problemType(body.code), ...body, instance: request.correlationId };
    const send = sending(readable(said), request, response);
    if (body.status === 429) this.heldBack.hold(response, send);
    else send();
  }

  private answerTo(error: unknown, request: ApiRequest, response: Response): Body {
    const body = bodyOf(error) ?? fromApi(new ApiProblem('INTERNAL', {}));
    if (!(error instanceof NotFoundException)) return body;
    const methods = allowedMethods(request);
    if (methods.length === 0) return body;
    response.setHeader('Allow', methods.join(', '));
    return fromApi(new ApiProblem('METHOD_NOT_ALLOWED', {}));
  }

  /** What an outage costs is counted, and told of as one. */
  private count(error: unknown, request: ApiRequest): void {
    const service = serviceOf(error);
    if (!service) return;
    // One that was given up as too slow was counted then, and may now have its reason.
    const refused = request.isCounted ? 0 : 1;
    const { correlationId, method, originalUrl } = request;
    const target = originalUrl.split('?', 1)[0];
    const facts = { correlationId, method, target };
    this.outages.met(service, error as Error, { refused, request: facts });
    request.isCounted = true;
  }

  /** A refusal goes into the request's own line; a failure gets one with the error itself. */
  private record(error: unknown, { code }: Body, request: ApiRequest): void {
    const reason = error instanceof Unauthenticated ? error.reason : undefined;
    request.problem = { code, ...(reason !== undefined && { reason }) };
    const { correlationId } = request;
    if (FAILURES.has(code)) this.log.error({ code, correlationId, err: error }, 'request failed');
  }
}
