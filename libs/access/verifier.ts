import { LRUCache } from 'lru-cache';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import type { Config } from '#config';
import { callerOf, UnusableClaims, type Caller } from './caller.ts';
import { DEV_ALGORITHM, DEV_ISSUER, devPublicKey } from './dev-issuer.ts';

/** Only asymmetric algorithms: a key meant for verifying can never sign. */
const ALGORITHMS = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 30;
/** How long a verified token is known without verifying it again: what a withdrawn key may outlive. */
const REMEMBERED_MS = 30_000;
const REMEMBERED_TOKENS = 10_000;

/** There is no token, or it does not hold. `reason` is for the log. */
export class Unauthenticated extends Error {
  override readonly name = 'Unauthenticated';
  constructor(readonly reason: string) {
    super(reason);
  }
}

/** The issuer's keys could not be had; nothing is known about the token. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

export interface Verifier {
  /** Who sent a bearer token. @throws Unauthenticated @throws IssuerUnavailable */
  (token: string): Promise<Caller>;
  /** Whether it was found to hold a moment ago, and still does; costs nothing to ask. */
  readonly remembers: (token: string) => boolean;
}

/** Verifies tokens of the configured issuer, or of the development issuer where none is configured. */
export async function createVerifier(config: Config): Promise<Verifier> {
  const { issuer, key, algorithms } = await trust(config);
  const paths = { roles: config.OIDC_ROLES_CLAIM, agency: config.OIDC_AGENCY_CLAIM };
  const options = {
    issuer,
    algorithms,
    audience: config.OIDC_AUDIENCE,
    requiredClaims: ['exp', 'sub'],
  };
  const known = new LRUCache<string, Known>({ max: REMEMBERED_TOKENS, ttl: REMEMBERED_MS });
  const verify = async (token: string): Promise<Known> => {
    try {
      const verifying = { ...options, clockTolerance: CLOCK_TOLERANCE_SECONDS };
      const { payload } = await jwtVerify(token, key, verifying);
      return { caller: callerOf(payload, paths), expires: (payload.exp ?? 0) * 1000 };
    } catch (error) {
      throw reasonFor(error);
    }
  };
  const remembered = (token: string): Caller | undefined => {
    const found = known.get(token);
    return found && found.expires > Date.now() ? found.caller : undefined;
  };
  const verifier = async (token: string): Promise<Caller> => {
    const caller = remembered(token);
    if (caller) return caller;
    const verified = await verify(token);
    known.set(token, verified);
    return verified.caller;
  };
  return Object.assign(verifier, { remembers: (token: string) => remembered(token) !== undefined });
}

interface Known {
  readonly caller: Caller;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

interface Trust {
  readonly issuer: string;
  readonly key: JWTVerifyGetKey;
  readonly algorithms: string[];
}

async function trust(config: Config): Promise<Trust> {
  if (config.OIDC_ISSUER === undefined) {
    const key = await devPublicKey(config.DATA_DIR);
    // The same kind of key function for both, so that verifying is one path.
    return { issuer: DEV_ISSUER, key: () => key, algorithms: [DEV_ALGORITHM] };
  }
  const issuer = config.OIDC_ISSUER;
  return { issuer, key: remoteKeys(issuer, config.OIDC_JWKS_URL), algorithms: ALGORITHMS };
}

/** The issuer's key set, looked up on first use, cached, and fetched again for an unknown key id. */
function remoteKeys(issuer: string, url: string | undefined): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async (header, token) => {
    keys ??= discover(issuer, url).then((found) => createRemoteJWKSet(new URL(found)));
    const current = await keys.catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return current(header, token);
  };
}

async function discover(issuer: string, url: string | undefined): Promise<string> {
  if (url !== undefined) return url;
  const well = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(well, { signal: AbortSignal.timeout(5000) });
  const document = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
  // OpenID Connect Discovery 1.0, section 4.3.
  if (document.issuer !== issuer) throw new IssuerUnavailable(`${well} is of another issuer`);
  if (typeof document.jwks_uri !== 'string')
    throw new IssuerUnavailable(`${well} names no jwks_uri`);
  return document.jwks_uri;
}

/** What jose says of a token that does not hold; anything else it says is about the keys. */
const ofTheToken = [
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSMultipleMatchingKeys,
  errors.JWKSNoMatchingKey,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JWTClaimValidationFailed,
  errors.JWTExpired,
  errors.JWTInvalid,
];

/** Whatever is wrong with the token is its sender's; whatever is wrong with the keys is ours. */
function reasonFor(error: unknown): Error {
  if (error instanceof UnusableClaims) return new Unauthenticated(`claim ${error.message}`);
  if (error instanceof errors.JOSEError && ofTheToken.some((kind) => error instanceof kind)) {
    return new Unauthenticated(error.code);
  }
  return error instanceof IssuerUnavailable ? error : new IssuerUnavailable(String(error));
}
