import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends, type Backend } from '../support/backends.ts';
import { openOffice, type Office } from '../support/office.ts';

const [embedded] = backends as [Backend];
const LIMIT = 20;
const MOST = 8;

describe('callers without an account', () => {
  let office: Office;

  beforeAll(async () => {
    office = await openOffice(embedded, {
      ...{ REFUSED_LIMIT: String(LIMIT), RATE_LIMIT: '60', TRUST_PROXY: 'loopback' },
      MOST_AT_ONCE: String(MOST),
    });
  }, 60_000);
  afterAll(() => office.dispose());

  const from = (address: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${office.url}${path}`, { headers: { 'x-forwarded-for': address, ...headers } });

  /** The statuses of so many requests, one after the other. */
  async function statuses(count: number, ask: () => Promise<{ status: number }>) {
    const list: number[] = [];
    for (let asked = 0; asked < count; asked += 1) list.push((await ask()).status);
    return list;
  }

  it.each([
    ['guess tokens', '203.0.113.1', () => `${office.home}/books`, 401],
    ['look for addresses', '203.0.113.2', () => '/v1/nothing', 404],
    ['try methods', '2001:db8:1:2::9', () => '/wp-login.php', 404],
  ])('that %s are told to wait', async (_name, address, path, status) => {
    const headers = { authorization: 'Bearer x.y.z' };
    const given = await statuses(LIMIT + 1, () => from(address, path(), headers));
    expect(given).toEqual([...Array<number>(LIMIT).fill(status), 429]);
    const begun = performance.now();
    const refused = await from(address, path(), headers);
    // Held back, or refusing would be all the service has time for.
    expect(performance.now() - begun).toBeGreaterThan(990);
    expect(await refused.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds >= 1 && seconds <= 60).toBe(true);
  });

  it('do not keep those away who watch the service from the same address', async () => {
    await statuses(LIMIT + 1, () => from('203.0.113.9', '/nowhere'));
    expect((await from('203.0.113.9', '/nowhere')).status).toBe(429);
    for (const path of ['/health/live', '/health/ready', '/metrics'])
      expect([path, (await from('203.0.113.9', path)).status]).toEqual([path, 200]);
  });

  it('are counted each by its address, and an IPv6 network as one', async () => {
    await statuses(LIMIT, () => from('2001:db8:7:7::1', '/nowhere'));
    expect((await from('2001:db8:7:7:abcd::2', '/nowhere')).status).toBe(429);
    expect((await from('2001:db8:7:8::1', '/nowhere')).status).toBe(404);
  });

  it('cost who is known at the same address nothing', async () => {
    const officer = await office.as('receiving-officer', { account: 'neighbour' });
    const headers = { 'x-forwarded-for': '203.0.113.4' };
    expect((await officer.get(`${office.home}/books`, { headers })).status).toBe(200);
    await statuses(LIMIT + 1, () => from('203.0.113.4', '/nowhere'));
    expect((await officer.get(`${office.home}/books`, { headers })).status).toBe(200);
    const unknown = { ...headers, authorization: 'Bearer x.y.z' };
    expect((await from('203.0.113.4', `${office.home}/books`, unknown)).status).toBe(429);
  });

  it('take no room from others while the answers they have earned are held back', async () => {
    const officer = await office.as('receiving-officer', { account: 'at-work' });
    const addresses = [11, 12, 13, 14].map((host) => `203.0.113.${host}`);
    for (const address of addresses) await statuses(LIMIT, () => from(address, '/nowhere'));
    const flood = addresses.flatMap((address) =>
      Array.from({ length: MOST }, () => from(address, '/nowhere')),
    );
    expect(await statuses(5, () => officer.get(`${office.home}/books`))).toEqual(
      Array<number>(5).fill(200),
    );
    const given = (await Promise.all(flood)).map(({ status }) => status);
    expect(new Set(given)).toEqual(new Set([429]));
  });

  it('are not what an account is refused: that counts against the account', async () => {
    const auditor = await office.as('auditor', { account: 'curious' });
    const headers = { 'x-forwarded-for': '203.0.113.5' };
    const given = await statuses(61, () =>
      auditor.post(`${office.home}/seals`, { json: {}, headers }),
    );
    expect([given.slice(0, 60).every((status) => status === 403), given[60]]).toEqual([true, 429]);
    expect((await from('203.0.113.5', '/nowhere')).status).toBe(404);
  });

  it('cannot choose whose address they are counted by', async () => {
    await office.restart({ TRUST_PROXY: '10.9.8.7' });
    let last = 0;
    for (let index = 0; index <= LIMIT; index += 1) {
      last = (await from(`198.51.100.${index}`, '/nowhere')).status;
    }
    expect(last).toBe(429);
  });
});

describe('what a caller without an account may see', () => {
  it('is the description once made, where it is on', async () => {
    const office = await openOffice(embedded);
    const ask = async (path: string) => {
      const { status, headers } = await fetch(`${office.url}${path}`);
      return [status, headers.get('content-type')?.split(';')[0]];
    };
    expect(await ask('/docs')).toEqual([200, 'text/html']);
    expect(await ask('/docs/openapi.json')).toEqual([200, 'application/json']);
    expect(await ask('/docs-yaml')).toEqual([404, 'application/problem+json']);
    await office.restart({ DOCS: 'off' });
    for (const path of [
      '/docs',
      '/docs/',
      '/docs/openapi.json',
      '/docs/swagger-ui.css',
      '/docs-json',
    ])
      expect([path, ...(await ask(path))]).toEqual([path, 404, 'application/problem+json']);
    await office.dispose();
  }, 60_000);

  it('is no figure, where the figures have an address of their own', async () => {
    const office = await openOffice(embedded, { METRICS_PORT: '0' });
    expect((await fetch(`${office.url}/metrics`)).status).toBe(404);
    const { metricsUrl = '' } = office.api;
    const scraped = await fetch(metricsUrl);
    expect([scraped.status, await scraped.text()]).toEqual([
      200,
      expect.stringContaining('register_http_requests_total'),
    ]);
    expect((await fetch(new URL('/v1/agencies', metricsUrl))).status).toBe(404);
    await office.dispose();
    await expect(fetch(metricsUrl)).rejects.toThrow();
  }, 60_000);
});
