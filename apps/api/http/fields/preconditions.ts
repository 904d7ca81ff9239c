import type { Request } from 'express';
import { ApiProblem } from '../problems/api-problems.ts';

/** RFC 9110, 8.8.3: `W/"…"` or `"…"`, of visible characters and what is beyond ASCII. */
const TAG = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`;
/** A list may have empty places (RFC 9110, 5.6.1). */
const LIST = new RegExp(String.raw`^[ \t,]*(?:${TAG}(?:[ \t]*,[ \t,]*(?=${TAG}|$)|[ \t]*$))+$`);
const EACH = new RegExp(TAG, 'g');
/** A revision as `ETag` tells it, character by character. */
const REVISION = /^"(0|[1-9]\d{0,14})"$/;

/** `If-Match` as the document states it: without the empty places nobody needs. */
export const IF_MATCH = String.raw`^(\*|${TAG}([ \t]*,[ \t]*${TAG})*)$`;

/**
 * The revisions that `If-Match` (RFC 9110, 13.1.1) would take: undefined without one, and for `*`,
 * as whatever a command is about is there or the command is refused. Tags are compared strongly: a
 * weak one matches nothing, as does one that no answer ever had; none left is an empty list.
 * @throws ApiProblem INVALID_HEADER for what is no list of tags
 */
export function ifMatch(request: Request): readonly number[] | undefined {
  const given = request.header('If-Match')?.trim();
  if (given === undefined || given === '*') return undefined;
  if (!LIST.test(given)) throw new ApiProblem('INVALID_HEADER', { header: 'If-Match' });
  const tags = given.match(EACH) ?? [];
  return tags.flatMap((tag) => REVISION.exec(tag)?.[1] ?? []).map(Number);
}

/**
 * Whether the caller has what the tag stands for, as `If-None-Match` says (RFC 9110, 13.1.2): a list,
 * compared weakly, or `*`. What is no list of tags is passed over.
 */
export function isKept(request: Request, tag: string): boolean {
  const given = request.header('If-None-Match')?.trim();
  if (given === undefined) return false;
  if (given === '*') return true;
  if (!LIST.test(given)) return false;
  return (given.match(EACH) ?? []).some((one) => one.replace(/^W\//, '') === `"${tag}"`);
}
