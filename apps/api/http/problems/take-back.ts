import type { Response } from 'express';

/** What is said of one answer, and is true of no other. */
const OF_AN_ANSWER = [
  'Content-Disposition',
  'Content-Length',
  'ETag',
  'Idempotency-Replayed',
  'Location',
  'Position',
  'Repr-Digest',
];

/**
 * Takes back what a handler had said of its answer before it failed: under its `ETag` a problem would
 * be kept as what was asked for, and under its `Position` waited for. Nobody keeps a problem.
 */
export function takeBack(response: Response): void {
  for (const name of OF_AN_ANSWER) response.removeHeader(name);
  response.setHeader('Cache-Control', 'no-store');
}
