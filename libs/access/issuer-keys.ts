import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { fetchJson } from './fetch-json.ts';
import { IssuerUnavailable } from './unauthenticated.ts';

/** Keys older than this are asked for again, while they go on being used. */
const FRESH_MS = 600_000;
/** Between two looks for a key nobody knows, for all callers together. */
const UNKNOWN_COOL_DOWN_MS = 30_000;
/** Between two attempts when the last one failed, for all callers together. */
const FAILED_COOL_DOWN_MS = 5000;
/** More than any issuer has; its set is looked through for every token. */
const MOST_KEYS = 100;

export interface Issuer {
  readonly issuer: string;
  /** Of the key set; by default as the discovery document has it. */
  readonly jwksUrl: string | undefined;
  /** How long keys hold while the issuer does not answer, in milliseconds. */
  readonly outliveMs: number;
  /** Told that the keys could not be asked for, though those known go on holding. */
  readonly onTrouble?: (error: Error) => void;
}

interface Held {
  readonly find: JWTVerifyGetKey;
  /** By a clock that nobody sets, in milliseconds. */
  readonly at: number;
}

/**
 * The issuer's keys: fetched on first use, again when they are ten minutes old, and for a key id
 * they do not know, or under which a signature fails, at most once in a cool-down, whoever asks how
 * often. An issuer that does not
 * answer leaves the known ones in use for as long as the configuration says.
 */
export class IssuerKeys {
  private held: Held | undefined;
  private tried = -Infinity;
  private failure: Error | undefined;
  private fetching: Promise<void> | undefined;

  constructor(private readonly source: Issuer) {}

  /** @throws JWKSNoMatchingKey the issuer has no such key. @throws IssuerUnavailable */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    const held = this.usable() ?? (await this.fetched());
    if (performance.now() - held.at > FRESH_MS) void this.refresh();
    try {
      return await held.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await this.refresh();
      if (this.failure) throw this.failure;
      return (this.held ?? held).find(header, token);
    }
  };

  /**
   * For a signature that failed under a known key, which may have been made anew under its old id:
   * whether there are other keys now than when it was asked. Never throws.
   */
  readonly renewed = async (): Promise<boolean> => {
    const { held } = this;
    await this.refresh();
    return this.held !== held;
  };

  private usable(): Held | undefined {
    const { held } = this;
    return held && performance.now() - held.at < this.source.outliveMs ? held : undefined;
  }

  private async fetched(): Promise<Held> {
    await this.refresh();
    const held = this.usable();
    if (held) return held;
    throw this.failure ?? new IssuerUnavailable('the keys are too old');
  }

  /** Asks the issuer, unless that is being done or was done a moment ago; what came of it stands in `held` and `failure`. */
  private refresh(): Promise<void> {
    const coolDown = this.failure ? FAILED_COOL_DOWN_MS : UNKNOWN_COOL_DOWN_MS;
    if (!this.fetching && performance.now() - this.tried < coolDown) return Promise.resolve();
    this.fetching ??= this.ask().finally(() => (this.fetching = undefined));
    return this.fetching;
  }

  private async ask(): Promise<void> {
    this.tried = performance.now();
    try {
      this.held = { find: await fetchKeys(this.source), at: performance.now() };
      this.failure = undefined;
    } catch (error) {
      this.failure = error as Error;
      if (this.usable()) this.source.onTrouble?.(this.failure);
    }
  }
}

/** @throws IssuerUnavailable */
async function fetchKeys({ issuer, jwksUrl }: Issuer): Promise<JWTVerifyGetKey> {
  const url = jwksUrl ?? (await discover(issuer));
  const set = (await fetchJson(url)) as Partial<JSONWebKeySet> | null;
  const count = Array.isArray(set?.keys) ? set.keys.length : 0;
  if (count > MOST_KEYS) throw new IssuerUnavailable(`${url} holds more than ${MOST_KEYS} keys`);
  try {
    return createLocalJWKSet(set as JSONWebKeySet);
  } catch {
    throw new IssuerUnavailable(`${url} is no key set`);
  }
}

/** Where the discovery document says the keys are (OpenID Connect Discovery 1.0, 4.3). @throws IssuerUnavailable */
async function discover(issuer: string): Promise<string> {
  const well = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const document = (await fetchJson(well)) as { issuer?: unknown; jwks_uri?: unknown } | null;
  if (document?.issuer !== issuer) throw new IssuerUnavailable(`${well} is of another issuer`);
  const { jwks_uri: uri } = document;
  if (typeof uri !== 'string' || !URL.canParse(uri))
    throw new IssuerUnavailable(`${well} names no jwks_uri`);
  // Keys that came unprotected would make the protected issuer worth nothing.
  if (issuer.startsWith('https:') && !uri.startsWith('https:'))
    throw new IssuerUnavailable(`${well} names a jwks_uri without TLS`);
  return uri;
}
