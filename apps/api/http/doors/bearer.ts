import { decodeJwt } from 'jose';
import type { Request } from 'express';

/** The token a request brings (RFC 6750, 2.1); undefined where it brings none. */
export const bearerIn = (request: Request): string | undefined =>
  /^Bearer +([\w~+/.=-]+)$/i.exec(request.header('Authorization') ?? '')?.[1];

/** When the token of a request whose caller is known ends, in milliseconds since 1970. */
export const tokenEnds = (request: Request): number =>
  (decodeJwt(bearerIn(request) ?? '').exp ?? 0) * 1000;
