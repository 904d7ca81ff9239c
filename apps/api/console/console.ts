import type { ServerResponse } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import sirv from 'sirv';
import type { Config } from '#config';

/** The first words of the console's addresses: what begins otherwise is none of its pages. */
const PAGES = ['dang-nhap', 'hoso', 'kiem-toan', 'tai-khoan', 'tong-quan', 'van-hanh'];
const isPage = (path: string): boolean => path === '/' || PAGES.includes(path.split('/')[1] ?? '');

const YEAR_SECONDS = 31_536_000;

/** Where the provider's pages are, which the console asks for tokens. */
const issuerOf = ({ OIDC_ISSUER }: Config): string[] =>
  OIDC_ISSUER === undefined ? [] : [new URL(OIDC_ISSUER).origin];

/** Scripts and styles are files of ours; pictures may be made in the page; nothing is inline. */
const policy = (config: Config): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...issuerOf(config)],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });

/**
 * Serves the console's files: those with a hash in their name for ever, its one page at all of its
 * addresses, asked for anew each time. Every other path is left to the API.
 */
export function serveConsole(app: NestExpressApplication, config: Config, folder: string): void {
  const express: Express = app.getHttpAdapter().getInstance();
  const protect = policy(config);
  const files = sirv(folder, { gzip: true, brotli: true, etag: true, setHeaders: keep });
  const page: RequestHandler = (request, response, next) => {
    protect(request, response, (error?: unknown) => {
      if (error !== undefined) next(error);
      else files(request, response, next);
    });
  };
  express.use((request: Request, response: Response, next: NextFunction) => {
    const { path, method } = request;
    if (method !== 'GET' && method !== 'HEAD') next();
    else if (path.startsWith('/assets/')) page(request, response, next);
    else if (isPage(path)) {
      request.url = '/index.html';
      page(request, response, next);
    } else next();
  });
}

/** A file whose name tells its content never changes; the page that names them may at any time. */
function keep(response: ServerResponse, file: string): void {
  const isHashed = file.startsWith('/assets/');
  const kept = `public, max-age=${YEAR_SECONDS}, immutable`;
  response.setHeader('Cache-Control', isHashed ? kept : 'no-cache');
}
