import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { isKept } from '../http/fields/preconditions.ts';
import { ApiProblem } from '../http/problems/api-problems.ts';
import { askerOf } from '../http/asker.ts';
import type { ApiRequest } from '../http/request.ts';
import type { Renders } from './renders.ts';
import type { SealRow, ImageQuery } from './specimens.dto.ts';

/** The original's version asked for, by its hash. @throws ApiProblem NOT_FOUND */
function hashOf(row: SealRow, version: number | undefined): string {
  const found =
    version === undefined
      ? row.versions.at(-1)
      : row.versions.find((one) => one.version === version);
  if (!found) throw new ApiProblem('NOT_FOUND', {});
  return found.sha256;
}

/**
 * Answers a picture, metadata stripped. The tag follows from original and variant alone, so a
 * caller that has it is answered without reading or rendering.
 */
export async function answerImage(
  renders: Renders,
  row: SealRow,
  asked: ImageQuery,
  [request, response]: readonly [ApiRequest, Response],
): Promise<void> {
  const sha256 = hashOf(row, asked.version);
  const tag = createHash('sha256')
    .update(`${sha256} ${asked.variant} 1`)
    .digest('hex')
    .slice(0, 32);
  response.setHeader('ETag', `"${tag}"`);
  response.setHeader('Cache-Control', 'private, no-cache');
  if (isKept(request, tag)) {
    response.status(304).end();
    return;
  }
  const { bytes, mediaType } = await renders.get(sha256, asked.variant, askerOf(request));
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.type(mediaType).send(bytes);
}
