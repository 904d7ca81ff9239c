import type { JWTPayload, JWTVerifyResult } from 'jose';
import { Unauthenticated } from './unauthenticated.ts';

/** RFC 9068, 2.1, and what issuers wrote before it. */
const TYPES = ['jwt', 'at+jwt', 'application/at+jwt'];
/** What issuers that put the kind into the claims call an access token; an ID or refresh token is another. */
const KINDS = ['bearer', 'jwt', 'at+jwt'];

const among = (known: readonly string[], given: unknown): boolean =>
  given === undefined || (typeof given === 'string' && known.includes(given.toLowerCase()));

/** When a token came into being, in seconds since the epoch. */
const bornAt = ({ iat, nbf }: JWTPayload, now: number): number => iat ?? nbf ?? now;

/**
 * What a token whose signature, issuer, audience and times hold must be beside: one for access, and
 * not good for longer than `mostSeconds` in all.
 * @throws Unauthenticated
 */
export function checkToken(
  { payload, protectedHeader }: JWTVerifyResult,
  mostSeconds: number,
  toleranceSeconds: number,
): void {
  if (!among(TYPES, protectedHeader.typ)) throw new Unauthenticated('no access token: header typ');
  if (!among(KINDS, payload['typ'])) throw new Unauthenticated('no access token: claim typ');
  const now = Math.floor(Date.now() / 1000);
  const born = bornAt(payload, now);
  if (born > now + toleranceSeconds) throw new Unauthenticated('issued in the future');
  if ((payload.exp ?? Infinity) - born > mostSeconds)
    throw new Unauthenticated('good for longer than OIDC_TOKEN_HOURS');
}
