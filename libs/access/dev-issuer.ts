import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { writeFirst } from '#config';
import type { Role } from './caller.ts';

/** The development issuer: its own key in the data folder, for machines without an identity provider. */
export const DEV_ISSUER = 'urn:so-chung-thuc:development';
export const DEV_ALGORITHM = 'ES256';
/** How long its tokens may be good for. */
export const MOST_DEV_HOURS = 720;

const fileIn = (dataDir: string): string => join(dataDir, 'dev-issuer.json');

function readKey(dataDir: string): JWK | undefined {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), 'utf8')) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The private key, made on first use; two processes that start at once agree on the first one's. */
async function privateKey(dataDir: string): Promise<JWK> {
  const known = readKey(dataDir);
  if (known) return known;
  const pair = await generateKeyPair(DEV_ALGORITHM, { extractable: true });
  await writeFirst(fileIn(dataDir), JSON.stringify(await exportJWK(pair.privateKey)));
  return readKey(dataDir) as JWK;
}

/** The public half, to verify with. */
export async function devPublicKey(dataDir: string) {
  const { kty, crv, x, y } = await privateKey(dataDir);
  return importJWK({ kty, crv, x, y } as JWK, DEV_ALGORITHM);
}

export interface DevTokenRequest {
  readonly account: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly agencies: readonly string[];
  readonly audience: string;
  /** The service account that acts for the person (RFC 8693 `act`). */
  readonly via?: string;
  /** Seconds. */
  readonly lifetime: number;
}

/** A token of the development issuer, with the claims an identity provider would put into it. */
export async function issueDevToken(dataDir: string, request: DevTokenRequest): Promise<string> {
  const key = await importJWK(await privateKey(dataDir), DEV_ALGORITHM);
  const { name, roles, agencies, audience, account, lifetime, via } = request;
  return new SignJWT({
    name,
    roles,
    agency: agencies,
    ...(via !== undefined && { act: { sub: via } }),
  })
    .setProtectedHeader({ alg: DEV_ALGORITHM, typ: 'at+jwt' })
    .setIssuer(DEV_ISSUER)
    .setSubject(account)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${lifetime}s`)
    .sign(key);
}
