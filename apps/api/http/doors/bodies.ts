import type { NextFunction, Request, Response } from 'express';
import { ApiProblem } from '../problems/api-problems.ts';
import { isBroken } from '#domain';
import { BadInput } from '../problems/bad-input.ts';
import type { FieldProblem } from '../problems/problem.ts';
import { brokenText, fieldAt, unknownField } from '../fields/said.ts';
import { requireSentOnce } from './sent-once.ts';

/** No body of this API goes deeper than 3; what does would only exhaust whoever walks it. */
const DEEPEST = 20;
/** Names every object has: as fields they would slip past whoever asks an object what it knows. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Refuses bodies nested beyond all sense, fields named like what every object inherits, and broken text. @throws */
export function checkBody(body: unknown): void {
  requireShape(body, 0);
  refuseBroken(body);
}

function requireShape(value: unknown, depth: number): void {
  if (depth > DEEPEST) throw new ApiProblem('MALFORMED_REQUEST', {});
  if (value === null || typeof value !== 'object') return;
  refuseInherited(value);
  for (const inside of Object.values(value)) requireShape(inside, depth + 1);
}

/** Bytes that were no UTF-8 have become the sign for that by now: what was meant cannot be kept. */
function refuseBroken(body: unknown): void {
  if (hasBroken(body)) throw new BadInput(brokenIn(body, []));
}

const hasBroken = (value: unknown): boolean =>
  typeof value === 'string'
    ? isBroken(value)
    : value !== null && typeof value === 'object' && Object.values(value).some(hasBroken);

function brokenIn(value: unknown, path: readonly string[]): FieldProblem[] {
  if (typeof value === 'string' && isBroken(value)) {
    const field = fieldAt(path);
    return [{ field, code: 'TEXT_BROKEN', detail: brokenText(`Trường “${field}”`) }];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, one]) => brokenIn(one, [...path, name]));
}

function refuseInherited(value: object): void {
  const field = Object.keys(value).find((name) => inherited.has(name));
  if (field === undefined) return;
  throw new BadInput([{ field, code: 'UNKNOWN_FIELD', detail: unknownField(field) }]);
}

/** What a body may be: JSON, or a form where there is a file. */
const MEDIA_TYPES = ['application/json', 'multipart/form-data'];

/** Checks every body once it is parsed, and the names of every query. @throws ApiProblem UNSUPPORTED_MEDIA_TYPE for a body of another type */
export function bodies(request: Request, _response: Response, next: NextFunction): void {
  // `is` answers null where there is no body at all, but takes one of no length for one.
  const empty = request.header('Content-Length') === '0';
  if (!empty && request.is(MEDIA_TYPES) === false)
    throw new ApiProblem('UNSUPPORTED_MEDIA_TYPE', {});
  checkBody(request.body);
  requireSentOnce(request);
  refuseInherited(request.query);
  refuseBroken(request.query);
  next();
}
