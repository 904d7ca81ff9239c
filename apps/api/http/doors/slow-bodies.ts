import type { RequestHandler } from 'express';
import { answerTooSlow } from '../problems/broken-requests.ts';
import type { ApiRequest } from '../request.ts';

/** Longer than any JSON of this API takes on any line. */
const PATIENCE_MS = 60_000;

const hasBody = ({ headers }: ApiRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** A file takes as long as it is large, and by now it is known who sends it. */
const isFileOfKnown = (request: ApiRequest): boolean =>
  request.caller !== undefined && request.is('multipart/form-data') !== false;

/**
 * Ends a request whose body comes drop by drop. Node knows one time for the requests of a server,
 * which is that of files (`limitSlowCallers`): only known callers have it, and only for forms.
 */
export function limitSlowBodies(patienceMs = PATIENCE_MS): RequestHandler {
  return (asked, response, next) => {
    const request = asked as ApiRequest;
    if (hasBody(request)) {
      const look = (): void => {
        if (request.complete) return;
        // It was refused: nobody waits for the rest.
        if (response.headersSent) request.socket.destroy();
        else if (!isFileOfKnown(request)) answerTooSlow(request.socket);
      };
      const timer = setTimeout(look, patienceMs).unref();
      request.once('close', () => clearTimeout(timer));
    }
    next();
  };
}
