import type { IncomingMessage } from 'node:http';
import { pinoHttp, type HttpLogger } from 'pino-http';
import type { Logger } from 'pino';
import type { ApiRequest } from './request.ts';

/** The path without its query, which may carry a name someone searched for. */
const targetOf = (request: IncomingMessage): string => {
  const { originalUrl = request.url ?? '' } = request as IncomingMessage & { originalUrl?: string };
  return originalUrl.split('?', 1)[0] ?? '';
};

const nothing = (): undefined => undefined;

/** Who asked and what for: ids only, no names, no bodies, no headers. */
function factsOf(request: IncomingMessage): object {
  const { correlationId, caller, actor, stream, problem } = request as unknown as ApiRequest;
  const { account = caller?.account, role, agency, via } = actor ?? {};
  return {
    correlationId,
    method: request.method,
    target: targetOf(request),
    ...(account !== undefined && { actor: account }),
    ...(role !== undefined && { role, agency }),
    ...(via !== undefined && { via }),
    ...(stream !== undefined && { stream }),
    ...(problem !== undefined && problem),
  };
}

/**
 * One line for each request when it is answered. Every value is a JSON string of its own, so
 * nothing a caller sends can end a line or forge a field.
 */
export function requestLog(log: Logger): HttpLogger {
  return pinoHttp({
    logger: log,
    autoLogging: { ignore: (request) => (request.url ?? '').startsWith('/health/') },
    customLogLevel: (_request, { statusCode }, error) =>
      error || statusCode >= 500 ? 'error' : 'info',
    // Of request and response as they are nothing is logged: they carry tokens and names.
    customSuccessObject: (request, { statusCode }, { durationMs }: { durationMs: number }) => ({
      ...factsOf(request),
      status: statusCode,
      durationMs,
    }),
    customErrorObject: (
      request,
      { statusCode },
      _error,
      { durationMs }: { durationMs: number },
    ) => ({ ...factsOf(request), status: statusCode, durationMs }),
    customAttributeKeys: { responseTime: 'durationMs' },
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request cut off',
    serializers: { req: nothing, res: nothing },
    wrapSerializers: false,
  });
}
