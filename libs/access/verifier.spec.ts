import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import { loadConfig } from '#config';
import { until } from '../../test/support/until.ts';
import { IssuerUnavailable, Unauthenticated } from './unauthenticated.ts';
import { createVerifier } from './verifier.ts';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

/** An identity provider of its own: discovery document, key set, and tokens. */
interface Issuer {
  readonly url: string;
  /** Requests of any kind, and those for the key set that were answered. */
  asked: number;
  fetched: number;
  away: boolean;
  /** Other names in the discovery document than its own. */
  claims: object;
  /** The key set as text, in place of its own. */
  text: string | undefined;
  keys: Map<string, Keys>;
  server: Server;
}

const hour = 3600;
const person: JWTPayload = {
  sub: 'binh',
  name: 'Trần Thị Bình',
  roles: ['receiving-officer', 'gardener'],
  agency: 'BK-001',
};

let issuer: Issuer;

const began = Date.now();
const begunAt = performance.now();
const inSeconds = (seconds: number): number => Math.floor(began / 1000) + seconds;
/** Lets so many seconds go by since the file was loaded. */
const later = (seconds: number): void => {
  jest.spyOn(Date, 'now').mockReturnValue(began + 60_000 + seconds * 1000);
  jest.spyOn(performance, 'now').mockReturnValue(begunAt + 60_000 + seconds * 1000);
};

async function startIssuer(): Promise<Issuer> {
  const keys = new Map([['k1', await generateKeyPair('RS256')]]);
  const server = createServer((request, response) => {
    issuer.asked += 1;
    if (issuer.away) {
      response.writeHead(500).end('not today');
      return;
    }
    response.setHeader('content-type', 'application/json');
    if (request.url === '/.well-known/openid-configuration') {
      const document = { issuer: issuer.url, jwks_uri: `${issuer.url}/keys`, ...issuer.claims };
      response.end(JSON.stringify(document));
      return;
    }
    issuer.fetched += 1;
    if (issuer.text !== undefined) {
      response.end(issuer.text);
      return;
    }
    const sets = [...issuer.keys].map(async ([kid, { publicKey }]) => ({
      ...(await exportJWK(publicKey)),
      kid,
      alg: 'RS256',
    }));
    void Promise.all(sets).then((list) => response.end(JSON.stringify({ keys: list })));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, asked: 0, fetched: 0, away: false, claims: {}, text: undefined, keys, server };
}

interface Signing {
  readonly kid?: string;
  readonly key?: Keys;
  readonly audience?: string;
  readonly by?: string;
  readonly expires?: number;
  readonly from?: number;
  readonly typ?: string;
}

async function token(payload: JWTPayload, given: Signing = {}): Promise<string> {
  const { kid = 'k1', key = issuer.keys.get(kid), audience = 'so-chung-thuc' } = given;
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'RS256', kid, ...(given.typ !== undefined && { typ: given.typ }) })
    .setIssuer(given.by ?? issuer.url)
    .setAudience(audience)
    .setNotBefore(given.from ?? now)
    .setExpirationTime(given.expires ?? now + hour)
    .sign((key as Keys).privateKey);
}

const verifier = (env: Record<string, string> = {}) =>
  createVerifier(loadConfig({ OIDC_ISSUER: issuer.url, ...env }));

beforeEach(async () => {
  issuer = await startIssuer();
});

afterEach(async () => {
  jest.restoreAllMocks();
  issuer.server.closeAllConnections();
  issuer.server.close();
  await once(issuer.server, 'close');
});

describe('a token of the configured issuer', () => {
  it('says who is calling, for which agency and in which of the known roles', async () => {
    const verify = await verifier();
    expect(await verify(await token(person))).toEqual({
      account: 'binh',
      name: 'Trần Thị Bình',
      roles: ['receiving-officer'],
      agencies: ['BK-001'],
    });
  });

  it('is read from the claims the configuration names, however deep', async () => {
    const verify = await verifier({
      OIDC_ROLES_CLAIM: 'realm_access.roles',
      OIDC_AGENCY_CLAIM: 'urn:agency',
    });
    const claims = {
      sub: 'a',
      realm_access: { roles: ['auditor'] },
      'urn:agency': ['*', 'x x'],
      roles: ['clerk'],
    };
    expect(await verify(await token(claims))).toMatchObject({
      roles: ['auditor'],
      agencies: ['*'],
    });
  });

  it('names the service account that acts for the person (RFC 8693 act)', async () => {
    const verify = await verifier();
    const acting = await verify(await token({ ...person, act: { sub: 'portal-bk' } }));
    expect(acting).toMatchObject({ account: 'binh', via: 'portal-bk' });
  });

  it.each([
    ['expired', { expires: 1_700_000_000 }],
    ['not yet valid', { from: Math.floor(Date.now() / 1000) + hour }],
    ['for another audience', { audience: 'another-service' }],
    ['of another issuer', { by: 'https://evil.example' }],
  ])('is refused when it is %s', async (_what, given) => {
    const verify = await verifier();
    await expect(verify(await token(person, given))).rejects.toThrow(Unauthenticated);
  });

  it('is refused when another key signed it under a known id', async () => {
    const verify = await verifier();
    const forged = await token(person, { key: await generateKeyPair('RS256') });
    await expect(verify(forged)).rejects.toThrow(Unauthenticated);
  });

  it('is refused without a signature, and with one made from the public key as a secret', async () => {
    const verify = await verifier();
    const unsigned = new UnsecuredJWT(person)
      .setIssuer(issuer.url)
      .setAudience('so-chung-thuc')
      .setExpirationTime('1h')
      .encode();
    await expect(verify(unsigned)).rejects.toThrow(Unauthenticated);
    const { n } = await exportJWK((issuer.keys.get('k1') as Keys).publicKey);
    const confused = await new SignJWT(person)
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .setIssuer(issuer.url)
      .setAudience('so-chung-thuc')
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(n));
    await expect(verify(confused)).rejects.toThrow(Unauthenticated);
  });

  it.each([
    [{ typ: 'logout+jwt' }, {}],
    [{ typ: 'dpop+jwt' }, {}],
    [{}, { typ: 'ID' }],
    [{}, { typ: 'Refresh' }],
    [{ expires: inSeconds(25 * hour) }, {}],
    [{ expires: inSeconds(hour) }, { iat: inSeconds(-24 * hour) }],
    [{}, { iat: inSeconds(hour) }],
  ])('is refused when it is for something else, or for too long: %j %j', async (given, claims) => {
    const verify = await verifier();
    const sent = await token({ ...person, ...claims }, given);
    await expect(verify(sent)).rejects.toThrow(Unauthenticated);
  });

  it.each([
    [{ typ: 'JWT' }, { typ: 'Bearer' }],
    [{ typ: 'at+jwt' }, { iat: inSeconds(-hour) }],
    [{ typ: 'application/at+jwt', expires: inSeconds(23 * hour) }, {}],
  ])('is taken as issuers make it: %j %j', async (given, claims) => {
    const verify = await verifier();
    const sent = await token({ ...person, ...claims }, given);
    expect(await verify(sent)).toMatchObject({ account: 'binh' });
  });

  it.each([{ sub: '' }, { sub: 'a b' }, { sub: 'x'.repeat(200) }])(
    'is refused when it does not say whose it is: %j',
    async (claims) => {
      const verify = await verifier();
      await expect(verify(await token({ ...person, ...claims }))).rejects.toThrow(Unauthenticated);
    },
  );
});

describe('a token that was found to hold', () => {
  it('is verified anew after half a minute, and known until it ends', async () => {
    const verify = await verifier();
    const sent = await token(person, { expires: inSeconds(hour) });
    expect(verify.remembers(sent)).toBeUndefined();
    await verify(sent);
    later(60);
    expect(verify.remembers(sent)).toBe('binh');
    issuer.keys = new Map([['k2', await generateKeyPair('RS256')]]);
    await verify(await token({ ...person, sub: 'cuc' }, { kid: 'k2', from: inSeconds(0) }));
    await expect(verify(sent)).rejects.toThrow(Unauthenticated);
    expect(verify.remembers(sent)).toBeUndefined();
  });

  it('is not known once it has ended', async () => {
    const verify = await verifier();
    const sent = await token(person, { expires: inSeconds(hour) });
    await verify(sent);
    later(hour);
    expect(verify.remembers(sent)).toBeUndefined();
  });

  it('is known while the issuer is away, though it cannot be verified', async () => {
    const verify = await verifier({ OIDC_KEYS_HOURS: '1' });
    const sent = await token(person, { expires: inSeconds(3 * hour) });
    await verify(sent);
    issuer.away = true;
    later(2 * hour);
    await expect(verify(sent)).rejects.toThrow(IssuerUnavailable);
    expect(verify.remembers(sent)).toBe('binh');
  });
});

describe('the issuer’s keys', () => {
  it('are fetched once for many tokens', async () => {
    const verify = await verifier();
    const tokens = await Promise.all(['a', 'b', 'c', 'd'].map((sub) => token({ ...person, sub })));
    await verify(tokens[0] as string);
    await Promise.all(tokens.map(verify));
    expect(issuer.fetched).toBe(1);
  });

  it('are fetched anew when a token names a key that came by rotation', async () => {
    const verify = await verifier();
    await verify(await token(person));
    issuer.keys = new Map([['k2', await generateKeyPair('RS256')]]);
    const rotated = await token({ ...person, sub: 'cuc' }, { kid: 'k2' });
    // Half a minute between two looks, so that nobody makes the service ask for invented key ids.
    later(31);
    expect(await verify(rotated)).toMatchObject({ account: 'cuc' });
    expect(issuer.fetched).toBe(2);
  });

  it('are fetched anew whatever the clock says: one that was put back holds nobody up', async () => {
    const verify = await verifier();
    await verify(await token(person));
    later(31);
    jest.spyOn(Date, 'now').mockReturnValue(began - 20_000);
    issuer.keys = new Map([['k2', await generateKeyPair('RS256')]]);
    const rotated = await token({ ...person, sub: 'cuc' }, { kid: 'k2' });
    expect(await verify(rotated)).toMatchObject({ account: 'cuc' });
  });

  it('are fetched anew when a signature fails under a known key id, once in a cool-down', async () => {
    const verify = await verifier();
    await verify(await token(person));
    const forged = await generateKeyPair('RS256');
    const forge = async () => {
      const sent = await Promise.all([1, 2, 3].map(() => token(person, { key: forged })));
      await Promise.all(
        sent.map((one) =>
          expect(verify(one)).rejects.toThrow('ERR_JWS_SIGNATURE_VERIFICATION_FAILED'),
        ),
      );
    };
    later(31);
    await forge();
    await forge();
    expect(issuer.fetched).toBe(2);
    issuer.keys = new Map([['k1', await generateKeyPair('RS256')]]);
    later(62);
    const renewed = await token({ ...person, sub: 'cuc' }, { from: inSeconds(0) });
    expect(await verify(renewed)).toMatchObject({ account: 'cuc' });
    expect(issuer.fetched).toBe(3);
    issuer.away = true;
    later(93);
    await forge();
  });

  it('are the service’s trouble when they cannot be had, and are asked for again', async () => {
    issuer.away = true;
    const verify = await verifier();
    const sent = await token(person);
    await expect(verify(sent)).rejects.toThrow(IssuerUnavailable);
    issuer.away = false;
    later(5);
    expect(await verify(sent)).toMatchObject({ account: 'binh' });
  });

  it('are the service’s trouble when the key set alone fails', async () => {
    const verify = await verifier({ OIDC_JWKS_URL: `${issuer.url}/keys` });
    const sent = await token(person);
    issuer.away = true;
    await expect(verify(sent)).rejects.toThrow(IssuerUnavailable);
    issuer.away = false;
    later(5);
    expect(await verify(sent)).toMatchObject({ account: 'binh' });
  });

  it('are asked for once, however many callers wait for an issuer that is away', async () => {
    issuer.away = true;
    const verify = await verifier();
    const sent = await Promise.all(
      Array.from({ length: 100 }, (_, index) => token({ ...person, sub: `a${index}` })),
    );
    for (const one of sent) await expect(verify(one)).rejects.toThrow(IssuerUnavailable);
    expect(issuer.asked).toBe(1);
    later(5);
    await Promise.all(sent.map((one) => expect(verify(one)).rejects.toThrow(IssuerUnavailable)));
    expect(issuer.asked).toBe(2);
  });

  it('are asked for once in a cool-down, however many invented key ids are sent', async () => {
    const verify = await verifier();
    await verify(await token(person));
    const key = await generateKeyPair('RS256');
    const invent = (id: number) => token(person, { kid: `invented-${id}`, key });
    const garbage = await Promise.all(Array.from({ length: 100 }, (_, id) => invent(id)));
    const refuseAll = () =>
      Promise.all(garbage.map((one) => expect(verify(one)).rejects.toThrow(Unauthenticated)));
    await refuseAll();
    expect(issuer.fetched).toBe(1);
    later(31);
    await refuseAll();
    expect(issuer.fetched).toBe(2);
  });

  it('hold while the issuer is away, which is told, for as long as is configured', async () => {
    const told: string[] = [];
    const config = loadConfig({ OIDC_ISSUER: issuer.url, OIDC_KEYS_HOURS: '2' });
    const verify = await createVerifier(config, ({ message }) => told.push(message));
    const fresh = (sub: string) => token({ ...person, sub }, { expires: inSeconds(3 * hour) });
    const [one, two, three, back] = await Promise.all(['a', 'b', 'c', 'd'].map(fresh));
    await verify(one as string);
    issuer.away = true;
    later(1.9 * hour);
    expect(await verify(two as string)).toMatchObject({ account: 'b' });
    await until(() => told.length > 0);
    expect(told[0]).toContain('answered 500');
    later(2.1 * hour);
    await expect(verify(three as string)).rejects.toThrow(IssuerUnavailable);
    issuer.away = false;
    later(2.2 * hour);
    expect(await verify(back as string)).toMatchObject({ account: 'd' });
  });

  it('are known to be unknown only as long as the issuer answers', async () => {
    const verify = await verifier();
    await verify(await token(person));
    issuer.away = true;
    later(31);
    const key = await generateKeyPair('RS256');
    const rotated = await token(person, { kid: 'k2', key });
    await expect(verify(rotated)).rejects.toThrow(IssuerUnavailable);
  });

  it.each([
    ['larger than any', JSON.stringify({ keys: [], more: 'x'.repeat(300_000) })],
    ['of more keys than any', JSON.stringify({ keys: Array<object>(101).fill({ kty: 'RSA' }) })],
    ['no JSON', '<html>'],
    ['no key set', 'null'],
  ])('are not taken from a set that is %s', async (_what, text) => {
    issuer.text = text;
    const verify = await verifier();
    await expect(verify(await token(person))).rejects.toThrow(IssuerUnavailable);
  });

  it('are not taken over an unprotected connection where the issuer’s is protected', async () => {
    const document = { issuer: 'https://id.example.vn', jwks_uri: `${issuer.url}/keys` };
    jest.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json(document));
    const verify = await createVerifier(loadConfig({ OIDC_ISSUER: document.issuer }));
    const sent = await token(person, { by: document.issuer });
    await expect(verify(sent)).rejects.toThrow('without TLS');
  });

  it('are not taken from a discovery document of another issuer', async () => {
    issuer.claims = { issuer: 'https://evil.example' };
    const verify = await verifier();
    await expect(verify(await token(person))).rejects.toThrow(IssuerUnavailable);
  });
});
