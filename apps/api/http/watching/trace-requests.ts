import type { Request, RequestHandler } from 'express';
import { isTracing, startRequest } from '#telemetry';
import type { ApiRequest } from '../request.ts';

/** The route's pattern, never the path: paths hold what identifies people. */
const routeOf = (request: Request): string => {
  const route = request.route as { readonly path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : '';
};

/** A span for each request, below the caller's; nothing where tracing is off. */
export const traceRequests: RequestHandler = (request, response, next) => {
  if (!isTracing()) {
    next();
    return;
  }
  const { method } = request;
  const attributes = {
    'http.request.method': method,
    'correlation.id': (request as ApiRequest).correlationId,
  };
  const from = { name: method, traceparent: request.header('traceparent') };
  const span = startRequest(from, attributes, next);
  response.once('close', () => {
    const route = routeOf(request);
    span.updateName(`${method} ${route}`.trim());
    span.setAttributes({ 'http.route': route, 'http.response.status_code': response.statusCode });
    span.end();
  });
};
