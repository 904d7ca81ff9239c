import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pino from 'pino';
import { issueDevToken } from '#access';
import { backends, type Backend } from '../support/backends.ts';
import { guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';

/** What the service wrote to its log, line by line. */
const lines: string[] = [];
const log = pino(
  { level: 'debug' },
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(...chunk.toString().split('\n').filter(Boolean));
      done();
    },
  }),
);

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly target?: string;
  readonly [key: string]: unknown;
}
const logged = (): Line[] => lines.map((line) => JSON.parse(line) as Line);

const ORIGIN = 'https://motcua.backan.example.vn';
const LIMIT = 40;

let office: Office;
let officer: Person;
let entries: string;

beforeAll(async () => {
  const settings = { CORS_ORIGINS: ORIGIN, RATE_LIMIT: String(LIMIT), TRUST_PROXY: 'loopback' };
  office = await openOffice(backends[0] as Backend, settings, log);
  officer = await office.as('receiving-officer');
  const json = { ...guideBook, closesOn: '2024-12-31' };
  const opened = await officer.post(`${office.home}/books`, { json });
  entries = `${opened.headers.get('location')}/entries`;
  await officer.post(entries, { json: paper() });
}, 60_000);

afterAll(() => office.dispose());

describe('headers on every answer', () => {
  it('tell a browser to do nothing with data', async () => {
    const { headers } = await officer.get(entries);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';object-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none';sandbox",
    );
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.has('x-powered-by')).toBe(false);
  });

  it('let the documentation page use its own files and nothing else', async () => {
    const page = await fetch(`${office.url}/docs`);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    // Nothing in the page needs what the policy forbids.
    expect(await page.text()).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
  });

  it('are there on refusals too', async () => {
    const { status, headers } = await fetch(`${office.url}/nowhere`);
    expect([status, headers.get('x-content-type-options')]).toEqual([404, 'nosniff']);
  });
});

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    fetch(`${office.url}${entries}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,idempotency-key,content-type',
      },
    });

  it('may call when they are configured, and read revision and position', async () => {
    const asked = await preflight(ORIGIN);
    expect(asked.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(asked.headers.get('access-control-allow-headers')).toMatch(
      /Idempotency-Key.*Last-Event-ID/,
    );
    const got = await officer.get(entries, { headers: { origin: ORIGIN } });
    expect(got.headers.get('access-control-expose-headers')).toMatch(
      /Content-Disposition.*ETag.*Position.*Repr-Digest/,
    );
    expect(got.headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('may not when they are not', async () => {
    const asked = await preflight('https://evil.example');
    expect(asked.headers.has('access-control-allow-origin')).toBe(false);
  });
});

describe('a wrong method', () => {
  it('is 405 with the methods there are', async () => {
    const answer = await fetch(`${office.url}${entries}`, { method: 'DELETE' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    expect(await answer.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
  });

  it('is 404 where there is nothing at all', async () => {
    const answer = await fetch(`${office.url}/v1/nothing`, { method: 'DELETE' });
    expect([answer.status, answer.headers.has('allow')]).toEqual([404, false]);
  });
});

describe('the log', () => {
  const last = (target: string): Line | undefined =>
    logged().findLast((line) => line.target === target);

  it('has one line for each request: id, actor, stream, status and duration', async () => {
    const before = lines.length;
    const answer = await officer.post(entries, { json: paper({ document: 2 }) });
    const [line, ...more] = logged().slice(before);
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      msg: 'request',
      correlationId: answer.headers.get('x-correlation-id'),
      method: 'POST',
      target: entries,
      actor: 'receiving-officer.a',
      role: 'receiving-officer',
      agency: office.agency,
      stream: expect.stringContaining('register-'),
      status: 201,
    });
    expect(line?.['durationMs']).toEqual(expect.any(Number));
  });

  it('names actor and target of what was refused', async () => {
    const auditor = await office.as('auditor', { account: 'thanh.tra' });
    await auditor.post(entries, { json: paper() });
    expect(last(entries)).toMatchObject({ actor: 'thanh.tra', status: 403, code: 'FORBIDDEN' });
    await fetch(`${office.url}${entries}`, { headers: { authorization: 'Bearer x.y.z' } });
    expect(last(entries)).toMatchObject({
      status: 401,
      code: 'UNAUTHENTICATED',
      reason: expect.any(String),
    });
  });

  it('holds no personal data and no token, whatever was sent, searched for or refused', async () => {
    await officer.get(`${entries}?search=${encodeURIComponent('Lê Thị Cúc')}`);
    await officer.post(entries, { json: paper({ document: 0, requester: 'Lê Thị Cúc' }) });
    await officer.get(`${entries}/1`);
    const text = lines.join('\n');
    expect(/Thị|Th%E1|Nguyễn Văn An|Người receiving/.exec(text)?.[0]).toBeUndefined();
    expect(text.includes(officer.token.slice(0, 40))).toBe(false);
  });

  it('cannot be made to say what did not happen', async () => {
    const forged = 'x"}\n{"level":30,"msg":"forged","actor":"giám đốc"}';
    const before = lines.length;
    await officer.get(`${entries}/${encodeURIComponent(forged)}`);
    await fetch(`${office.url}${entries}`, { headers: { 'x-correlation-id': 'a\tb"}' } });
    const added = logged().slice(before);
    expect(added.map(({ msg }) => msg)).toEqual(['request', 'request']);
    expect(added.some(({ msg }) => msg === 'forged')).toBe(false);
  });
});

describe('a token whose account is not as it must be', () => {
  const asked = async (given: { account?: string; name?: string }) => {
    const claims = { account: 'x', name: 'X', roles: ['receiving-officer'] as const };
    const token = await issueDevToken(office.dataDir, {
      ...claims,
      ...{ agencies: [office.agency], audience: 'so-chung-thuc', lifetime: 60 },
      ...given,
    });
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${office.url}${office.home}/books`, { headers });
    return [answer.status, (await answer.json()) as object];
  };

  it.each([
    [{ name: 'x'.repeat(9009) }, /\(name\).*200 ký tự/],
    [{ account: 'a b' }, /\(sub\)/],
  ])('is 401 and says what to have put right', async (given, said) => {
    const problem = { code: 'TOKEN_CLAIM', detail: expect.stringMatching(said) };
    expect(await asked(given)).toEqual([401, expect.objectContaining(problem)]);
  });
});

describe('callers that are too much', () => {
  it('are told how many requests are left, and to wait when there are none', async () => {
    const busy = await office.as('receiving-officer', { account: 'busy' });
    const first = await busy.get(`${office.home}/books`);
    expect(first.headers.get('x-ratelimit-limit')).toBe(String(LIMIT));
    expect(first.headers.get('x-ratelimit-remaining')).toBe(String(LIMIT - 1));
    for (let asked = 1; asked < LIMIT; asked += 1) await busy.get(`${office.home}/seals`);
    const refused = await busy.get(`${office.home}/books`);
    expect([refused.status, refused.body['code']]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = await office.as('receiving-officer', { account: 'patient' });
    expect((await other.get(`${office.home}/books`)).status).toBe(200);
  });

  it('that send their headers drop by drop are cut off, and hold nobody up', async () => {
    const { port, hostname } = new URL(office.url);
    const sockets = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const socket = connect(Number(port), hostname);
        await once(socket, 'connect');
        socket.write('POST /v1/agencies/X/books HTTP/1.1\r\nHost: x\r\nX-A: ');
        socket.on('error', () => undefined);
        return socket;
      }),
    );
    const someone = await office.as('receiving-officer', { account: 'someone' });
    expect((await someone.get(`${office.home}/books`)).status).toBe(200);
    const server = office.api.server;
    expect([server.headersTimeout, server.requestTimeout]).toEqual([10_000, 300_000]);
    sockets.forEach((socket: Socket) => socket.destroy());
  });

  it('that send more headers than anyone needs are refused', async () => {
    const headers = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`x-${index}`, 'y'.repeat(1000)]),
    );
    const { status } = await fetch(`${office.url}/health/live`, { headers });
    expect(status).toBe(431);
  });
});
