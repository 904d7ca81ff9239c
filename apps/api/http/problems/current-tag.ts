import type { Response } from 'express';
import { ApiProblem, type ApiProblemDetails } from './api-problems.ts';

/** A 412 tells the revision that stands, to be sent back, and where to read from to see it. */
export function tagCurrent(error: unknown, response: Response): void {
  if (!(error instanceof ApiProblem) || error.code !== 'CONFLICT') return;
  const { revision, position } = error.details as ApiProblemDetails['CONFLICT'];
  // Where nothing was ever written there is no revision, and no tag that could be sent back.
  if (revision >= 0) response.setHeader('ETag', `"${revision}"`);
  if (position !== null) response.setHeader('Position', position);
}
