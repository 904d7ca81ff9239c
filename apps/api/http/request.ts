import { createHash, randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { CommandContext } from '#commands';
import type { Caller } from '#access';
import { canBeSegment, tidy, type Actor } from '#domain';
import { activeTraceparent } from '#telemetry';
import { saysByNull } from './fields/if-given.ts';
import { ApiProblem } from './problems/api-problems.ts';
import type { Problem } from './problems/problem.ts';

/** A request as the guards leave it. */
export interface ApiRequest extends Request {
  correlationId: string;
  caller?: Caller;
  actor?: Actor;
  /** An operator changes something by it, which is recorded. */
  isOperation?: boolean;
  /** Of a command: the stream it goes to. */
  stream?: string;
  /** Of a refused request: what it was refused for. */
  problem?: { readonly code: string; readonly reason?: string };
  /** Asked for by whoever reads pages: what is shown instead of a problem's JSON, as HTML. */
  problemPage?: (problem: Problem) => string;
  /** Refused because of an outage, which is told of as one: no line of its own. */
  isCounted?: boolean;
}

const ID = /^[\w.:-]{1,128}$/;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

/** Gives every request an id, the caller's where it sent a usable one, and sends it back. */
export function correlate(request: Request, response: Response, next: NextFunction): void {
  const given = request.header('X-Correlation-Id');
  const isUsable = given !== undefined && ID.test(given) && canBeSegment(given);
  const id = isUsable ? given : randomUUID();
  (request as ApiRequest).correlationId = id;
  response.setHeader('X-Correlation-Id', id);
  next();
}

/** Gives what the body parser throws its name, before the framework makes one error of all. */
export function nameParseErrors(
  error: unknown,
  _request: Request,
  _response: Response,
  next: NextFunction,
): void {
  const { type } = error as { type?: unknown };
  next(type === 'entity.parse.failed' ? new ApiProblem('MALFORMED_JSON', {}) : error);
}

/** What is recorded beside a command's events. */
export function contextOf(request: ApiRequest): CommandContext {
  const { actor, correlationId } = request;
  if (!actor) throw new Error('no actor: the route has no guard');
  const key = idempotencyKey(request);
  const traceparent = activeTraceparent();
  return {
    actor,
    correlationId,
    causationId: randomUUID(),
    ...(traceparent !== undefined && { traceparent }),
    ...(key !== undefined && { idempotencyKey: key, ...requestHashes(request) }),
  };
}

/**
 * Keys in order, texts as the register keeps them, and nothing of what is null: a body written anew
 * by another serializer, or typed on another keyboard, is the same body.
 */
function inOneForm(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return tidy(value);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const said = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Where a body says something by a null. */
function saidByNull(value: unknown, path = ''): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, one]) => {
    const at = `${path}/${name}`;
    if (one !== null) return saidByNull(one, at);
    return saysByNull(name) ? [at] : [];
  });
}

/** In 128 bits. */
function hashOf(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest().subarray(0, 16).toString('base64url');
}

/**
 * What the request asks for: method, path, body and file, and apart from these what is said by
 * nulls, of which earlier versions knew nothing: what they were asked is known by the first alone.
 */
function requestHashes({ method, path, body, file }: ApiRequest) {
  const said = `${method} ${path}\n${JSON.stringify(body ?? null, inOneForm)}\n`;
  const nulls = saidByNull(body);
  return {
    requestHash: file ? hashOf(said, file.buffer) : hashOf(said),
    requestNulls: nulls.length === 0 ? '' : hashOf(nulls.sort().join('\n')),
  };
}

/** The `Idempotency-Key` as sent, quotes of a structured header taken off. */
export function idempotencyKey(request: Request): string | undefined {
  const given = request.header('Idempotency-Key');
  if (given === undefined) return undefined;
  const key = given.replace(/^"(.*)"$/, '$1');
  if (!IDEMPOTENCY_KEY.test(key)) throw new ApiProblem('IDEMPOTENCY_KEY_INVALID', {});
  return key;
}
