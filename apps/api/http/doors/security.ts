import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import type { Config } from '#config';

type Header = readonly [name: string, value: string];

/** What helmet sets on every answer alike, asked of it once. */
function headersOf(middleware: ReturnType<typeof helmet>): readonly Header[] {
  const headers: Header[] = [];
  const answer = {
    setHeader: (...header: Header) => headers.push(header),
    removeHeader: () => undefined,
  } as unknown as Response;
  middleware({} as Request, answer, () => undefined);
  return headers;
}

/** Swagger UI carries its styles in the page and draws with data URLs; its scripts are files. */
const pages = headersOf(
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  }),
);

/** What the API answers is data: a browser that takes it for a page may do nothing with it. */
const data = headersOf(
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        sandbox: [],
      },
    },
  }),
);

/** The headers of OWASP ASVS 5.0, V3.4, on every answer. */
export function securityHeaders(request: Request, response: Response, next: NextFunction): void {
  const isPage = /^\/docs(\/|$)/.test(request.path);
  // Registers hold personal data: no cache on the way keeps what was not marked for keeping.
  if (!isPage) response.setHeader('Cache-Control', 'no-store');
  for (const [name, value] of isPage ? pages : data) response.setHeader(name, value);
  next();
}

/** Headers a page of another origin may read. */
const exposed = [
  'Content-Disposition',
  'ETag',
  'Location',
  'Position',
  'Idempotency-Replayed',
  'Repr-Digest',
  'Retry-After',
  'X-Correlation-Id',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
];
const accepted = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'Read-After',
  'X-Correlation-Id',
];

/** No page of another origin may call, but for those configured; tokens travel in a header, never in cookies. */
export function allowOrigins(app: NestExpressApplication, { CORS_ORIGINS }: Config): void {
  if (CORS_ORIGINS.length === 0) return;
  app.enableCors({
    origin: [...CORS_ORIGINS],
    methods: ['GET', 'POST', 'PATCH'],
    allowedHeaders: accepted,
    exposedHeaders: exposed,
    credentials: false,
    maxAge: 600,
  });
}

const HEADERS_TIMEOUT_MS = 10_000;
/** As long as clients give a file; who may take it is said by `limitSlowBodies`. */
const REQUEST_TIMEOUT_MS = 300_000;
const KEEP_ALIVE_MS = 65_000;
const MOST_HEADERS = 64;

interface Timeouts {
  headersTimeout: number;
  requestTimeout: number;
  keepAliveTimeout: number;
  maxHeadersCount: number | null;
}

/** A caller that sends its request drop by drop is cut off (Slowloris): headers first, then the whole, files in mind. */
export function limitSlowCallers(server: Timeouts): void {
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxHeadersCount = MOST_HEADERS;
}
