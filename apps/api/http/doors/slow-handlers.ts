import type { RequestHandler, Response } from 'express';
import type { ApiRequest } from '../request.ts';

/** Longer than any command or query takes; a store that hangs must not hold its callers for ever. */
const PATIENCE_MS = 30_000;

/** A handler has not answered in time; what became of its work is unknown. */
export class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** Answers with the problem an error is told as. */
export type AnswerProblem = (error: unknown, request: ApiRequest, response: Response) => void;

/**
 * Answers 503 when a handler takes too long. What became of a command is then unknown: it may be
 * repeated. By the connection's own timer: an interceptor would cost every request a sixth of its time.
 */
export function limitSlowHandlers(answer: AnswerProblem, patienceMs = PATIENCE_MS): RequestHandler {
  return (request, response, next) => {
    response.setTimeout(patienceMs, () => {
      if (response.headersSent) response.destroy();
      else {
        const late = new TooSlow(`no answer within ${patienceMs / 1000} s`);
        answer(late, request as ApiRequest, response);
      }
    });
    next();
  };
}
