import type { Request } from 'express';

/** The token a request brings (RFC 6750, 2.1); undefined where it brings none. */
export const bearerIn = (request: Request): string | undefined =>
  /^Bearer +([\w~+/.=-]+)$/i.exec(request.header('Authorization') ?? '')?.[1];
