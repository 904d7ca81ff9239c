import type { RawBodyRequest } from '@nestjs/common';
import type { Request } from 'express';
import { ApiProblem } from '../problems/api-problems.ts';
import { BadInput } from '../problems/bad-input.ts';
import { shortened } from '../fields/said.ts';

/** A string of a JSON text, and whether it is the name of a field. */
const STRINGS = /"((?:[^"\\]|\\.)*)"(\s*:)?/gs;

/** What every name of a field ends with. */
const ENDS_OF_NAMES = /"\s*:/g;

/**
 * Of two fields of the same name JSON's parser keeps the last without a word (RFC 8259, section 4,
 * leaves it open). So the names in the text are held against those that are left of it.
 * @throws BadInput where a field was sent twice in one object
 * @throws ApiProblem UNSUPPORTED_MEDIA_TYPE for JSON in another encoding than UTF-8 (RFC 8259, section 8.1)
 */
export function requireSentOnce({ rawBody, body, headers }: RawBodyRequest<Request>): void {
  if (rawBody === undefined) return;
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') {
    throw new ApiProblem('UNSUPPORTED_MEDIA_TYPE', {});
  }
  const text = rawBody.toString();
  const kept = namesOf(body);
  // No more than that can be names; a text within that looks like one is told apart below.
  if ((text.match(ENDS_OF_NAMES)?.length ?? 0) <= kept.length) return;
  const sent = namesIn(text);
  if (sent.length <= kept.length) return;
  const field = shortened(surplus(sent, kept));
  const detail = `Trường “${field}” được gửi nhiều lần. Vui lòng chỉ gửi một lần.`;
  throw new BadInput([{ field, code: 'DUPLICATE_FIELD', detail }]);
}

/** Names of all fields as a JSON text has them, escapes and all. */
function namesIn(text: string): string[] {
  const names: string[] = [];
  for (const [, name = '', colon] of text.matchAll(STRINGS)) {
    if (colon !== undefined) names.push(name);
  }
  return names;
}

/** Names of all fields in a value that came out of JSON. */
function namesOf(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  const own = Array.isArray(value) ? [] : Object.keys(value);
  return [...own, ...Object.values(value).flatMap(namesOf)];
}

/** The first that was sent more often than it was kept. */
function surplus(sent: readonly string[], kept: readonly string[]): string {
  const left = [...kept];
  for (const written of sent) {
    const name = JSON.parse(`"${written}"`) as string;
    const at = left.indexOf(name);
    if (at === -1) return name;
    left.splice(at, 1);
  }
  return '';
}
