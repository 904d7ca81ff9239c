import type { RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import type { ApiRequest } from '../request.ts';

/** Who asked and what for: ids only, no names, no bodies, no headers. */
function factsOf(request: ApiRequest): object {
  const { correlationId, caller, actor, stream, problem } = request;
  const { account = caller?.account, role, agency, via } = actor ?? {};
  return {
    correlationId,
    method: request.method,
    // Without its query, which may carry a name someone searched for.
    target: request.originalUrl.split('?', 1)[0],
    ...(account !== undefined && { actor: account }),
    ...(role !== undefined && { role, agency }),
    ...(via !== undefined && { via }),
    ...(stream !== undefined && { stream }),
    ...(problem !== undefined && problem),
  };
}

/** Who listens to events ends that by leaving: nothing was cut off. */
const isEnded = (response: Response): boolean =>
  response.writableFinished ||
  /^text\/event-stream/.test(String(response.getHeader('Content-Type')));

/**
 * One line for each request when it is answered, but for those that an outage costs. Every value is a JSON string of its own, so
 * nothing a caller sends can end a line or forge a field. Of request and response as they are
 * nothing is logged: they carry tokens and names.
 */
export function requestLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    // Also where the caller went away before the answer was out.
    response.once('close', () => {
      if (request.originalUrl.startsWith('/health/')) return;
      if ((request as ApiRequest).isCounted) return;
      const { statusCode: status } = response;
      const isWhole = isEnded(response);
      // A caller who leaves is no fault of the service, though worth a look where many do.
      const level = status >= 500 ? 'error' : isWhole ? 'info' : 'warn';
      if (!log.isLevelEnabled(level)) return;
      const durationMs = Math.round(performance.now() - began);
      const message = isWhole ? 'request' : 'request cut off';
      log[level]({ ...factsOf(request as ApiRequest), status, durationMs }, message);
    });
    next();
  };
}
