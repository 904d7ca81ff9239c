import { LRUCache } from 'lru-cache';
import {
  errors,
  jwtVerify,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
  type JWTVerifyResult,
} from 'jose';
import type { Config } from '#config';
import { callerOf, type Caller } from './caller.ts';
import { DEV_ALGORITHM, DEV_ISSUER, devPublicKey, MOST_DEV_HOURS } from './dev-issuer.ts';
import { IssuerKeys } from './issuer-keys.ts';
import { checkToken } from './token-rules.ts';
import { IssuerUnavailable, Unauthenticated } from './unauthenticated.ts';

/** Only asymmetric algorithms: a key meant for verifying can never sign. */
const ALGORITHMS = ['ES256', 'ES384', 'RS256', 'PS256', 'EdDSA'];
const CLOCK_TOLERANCE_SECONDS = 30;
/** How long a verified token is taken without verifying it again: what a withdrawn key may outlive. */
const REMEMBERED_MS = 30_000;
const REMEMBERED_TOKENS = 10_000;

export interface Verifier {
  /** Who sent a bearer token. @throws Unauthenticated @throws IssuerUnavailable */
  (token: string): Promise<Caller>;
  /**
   * The account of a token that held when it was last verified, and has not ended since: who is known
   * to the doors before anything is done for it. Costs nothing to ask.
   */
  readonly remembers: (token: string) => string | undefined;
}

/**
 * Verifies tokens of the configured issuer, or of the development issuer where none is configured.
 * `onTrouble` is told of an issuer that does not answer while its known keys still hold.
 */
export async function createVerifier(
  config: Config,
  onTrouble?: (error: Error) => void,
): Promise<Verifier> {
  const { issuer, key, renewed, algorithms, mostHours } = await trust(config, onTrouble);
  const paths = { roles: config.OIDC_ROLES_CLAIM, agency: config.OIDC_AGENCY_CLAIM };
  const options = {
    issuer,
    algorithms,
    audience: config.OIDC_AUDIENCE,
    requiredClaims: ['exp', 'sub'],
  };
  const known = new LRUCache<string, Known>({ max: REMEMBERED_TOKENS });
  const verifying = { ...options, clockTolerance: CLOCK_TOLERANCE_SECONDS };
  const verify = async (token: string): Promise<Known> => {
    try {
      const verified = await verifiedBy({ key, renewed }, token, verifying);
      checkToken(verified, mostHours * 3600, CLOCK_TOLERANCE_SECONDS);
      const { payload } = verified;
      const times = { verifiedAt: performance.now(), expires: (payload.exp ?? 0) * 1000 };
      return { caller: callerOf(payload, paths), ...times };
    } catch (error) {
      const reason = reasonFor(error);
      if (reason instanceof Unauthenticated) known.delete(token);
      throw reason;
    }
  };
  const remembered = (token: string): Known | undefined => {
    const found = known.get(token);
    return found && found.expires > Date.now() ? found : undefined;
  };
  const verifier = async (token: string): Promise<Caller> => {
    const found = remembered(token);
    if (found && performance.now() - found.verifiedAt < REMEMBERED_MS) return found.caller;
    const verified = await verify(token);
    known.set(token, verified);
    return verified.caller;
  };
  return Object.assign(verifier, {
    remembers: (token: string) => remembered(token)?.caller.account,
  });
}

/** With the issuer's keys as they are known, or, where the signature fails, as they have become. */
async function verifiedBy(
  { key, renewed }: Pick<Trust, 'key' | 'renewed'>,
  token: string,
  options: JWTVerifyOptions,
): Promise<JWTVerifyResult> {
  try {
    return await jwtVerify(token, key, options);
  } catch (error) {
    const isForged = error instanceof errors.JWSSignatureVerificationFailed;
    if (isForged && (await renewed())) return jwtVerify(token, key, options);
    throw error;
  }
}

interface Known {
  readonly caller: Caller;
  /** By the clock that only goes on. */
  readonly verifiedAt: number;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

interface Trust {
  readonly issuer: string;
  readonly key: JWTVerifyGetKey;
  /** Whether other keys have come since; asked when a signature failed. */
  readonly renewed: () => Promise<boolean>;
  readonly algorithms: string[];
  /** How long a token may be good for in all. */
  readonly mostHours: number;
}

async function trust(
  config: Config,
  onTrouble: ((error: Error) => void) | undefined,
): Promise<Trust> {
  if (config.OIDC_ISSUER === undefined) {
    const key = await devPublicKey(config.DATA_DIR);
    // The same kind of key function for both, so that verifying is one path.
    const fixed = { issuer: DEV_ISSUER, algorithms: [DEV_ALGORITHM], mostHours: MOST_DEV_HOURS };
    return { ...fixed, key: () => key, renewed: () => Promise.resolve(false) };
  }
  const { OIDC_ISSUER: issuer, OIDC_JWKS_URL: jwksUrl, OIDC_TOKEN_HOURS: mostHours } = config;
  const outliveMs = config.OIDC_KEYS_HOURS * 3_600_000;
  const keys = new IssuerKeys({ issuer, jwksUrl, outliveMs, ...(onTrouble && { onTrouble }) });
  return { issuer, key: keys.find, renewed: keys.renewed, algorithms: ALGORITHMS, mostHours };
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
  if (error instanceof Unauthenticated) return error;
  if (error instanceof errors.JOSEError && ofTheToken.some((kind) => error instanceof kind)) {
    return new Unauthenticated(error.code);
  }
  return error instanceof IssuerUnavailable ? error : new IssuerUnavailable(String(error));
}
