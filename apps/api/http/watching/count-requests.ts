import type { RequestHandler } from 'express';
import type { Metrics } from '#telemetry';

/** Methods by which anyone may ask; others are told together, for a caller may invent any number. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PATCH', 'OPTIONS']);

/** Counts every answer by method and status. */
export function countRequests({ requests }: Metrics): RequestHandler {
  return (request, response, next) => {
    response.once('finish', () => {
      const method = METHODS.has(request.method) ? request.method : 'other';
      requests.inc({ method, status: response.statusCode });
    });
    next();
  };
}
