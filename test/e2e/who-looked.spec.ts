import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueDevToken } from '#access';
import { backends } from '../support/backends.ts';
import { seal } from '../support/draw/index.ts';
import {
  after,
  form,
  guideBook,
  openOffice,
  paper,
  type Office,
  type Person,
} from '../support/office.ts';

interface Records {
  readonly items: readonly Record<string, unknown>[];
  readonly total: number;
}

describe.each(backends)('who looked, on $name', (backend) => {
  let office: Office;
  let officer: Person;
  let auditor: Person;
  let entries: string;
  let image: string;

  const records = (query = '') =>
    auditor.get<Records>(`${office.home}/access-records?limit=100${query}`);

  beforeAll(async () => {
    office = await openOffice(backend, { TRUST_PROXY: 'loopback' });
    [officer, auditor] = await Promise.all([office.as('receiving-officer'), office.as('auditor')]);
    const json = { ...guideBook, closesOn: '2024-12-31' };
    const opened = await officer.post(`${office.home}/books`, { json });
    entries = `${opened.headers.get('location')}/entries`;
    await officer.post(entries, { json: paper() });
    const clerk = await office.as('clerk');
    const sealed = await clerk.post<{ id: string }>(`${office.home}/seals`, {
      form: form({ name: 'Con dấu cơ quan' }, await seal()),
    });
    image = `${office.home}/seals/${sealed.body.id}/image`;
    await officer.get(`${office.home}/seals`, after(sealed));
  }, 60_000);

  afterAll(() => office.dispose());

  it('is recorded for entries, images and history: who, what, when and from where', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.7', 'user-agent': 'portal/2.1' };
    await officer.get(`${entries}?search=Cúc`, { headers });
    await officer.get(`${entries}/1`, { headers });
    await officer.get(image, { headers });
    await auditor.get(`${entries}/1/history`, { headers });
    await auditor.get(`${entries}/1/as-of?revision=1`, { headers });
    const { body } = await records();
    expect(body.items.map(({ kind, account }) => [kind, account])).toEqual([
      ['as-of', 'auditor.a'],
      ['history', 'auditor.a'],
      ['image', 'receiving-officer.a'],
      ['entry', 'receiving-officer.a'],
      ['entries', 'receiving-officer.a'],
      ['entry', 'receiving-officer.a'],
    ]);
    expect(body.items[4]).toEqual({
      at: expect.stringMatching(/^2024-05-10T01:00/),
      account: 'receiving-officer.a',
      actor: 'Người receiving-officer.a',
      role: 'receiving-officer',
      via: null,
      agency: office.agency,
      kind: 'entries',
      method: 'GET',
      path: entries,
      query: {},
      searched: ['search'],
      status: 200,
      shown: 1,
      numbers: [1],
      address: '203.0.113.7',
      userAgent: 'portal/2.1',
      correlationId: expect.any(String),
    });
  });

  it('is recorded of a search that found nobody, and of a picture that the caller had kept', async () => {
    await officer.get(`${entries}?search=Ng%C3%A0n`);
    const { headers } = await officer.get(image);
    const etag = headers.get('etag') ?? '';
    const again = await officer.get(image, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    const { items } = (await records()).body;
    expect(items.slice(0, 3).map((one) => [one['kind'], one['status'], one['shown']])).toEqual([
      ['image', 304, 0],
      ['image', 200, 1],
      ['entries', 200, 0],
    ]);
    expect(JSON.stringify(items)).not.toMatch(/Ngàn|Ng%C3%A0n/);
  });

  it('is not recorded where nothing was shown, or nothing personal', async () => {
    const before = (await records()).body.total;
    await officer.get(`${office.home}/books`);
    await officer.get(`${entries}/99`);
    const stranger = await office.as('receiving-officer', { agencies: ['BK-999'] });
    await stranger.get(entries);
    expect((await records()).body.total).toBe(before);
  });

  it('is told of every agency where what was shown is of every one, whichever else the caller has', async () => {
    const given = { account: 'thanh.tra', agencies: [office.agency, '*'] };
    const everywhere = await office.as('auditor', given);
    await everywhere.post('/v1/audit/checkpoints');
    const paths = ['/v1/audit/bundle', '/v1/feed', '/v1/feed/events'];
    for (const path of paths) expect((await everywhere.get(path)).status).toBe(200);
    const told = async (path: string) => {
      const { body } = await everywhere.get<Records>(`${path}?account=thanh.tra`);
      return body.items.map((one) => [one['path'], one['agency']].join(' ')).sort();
    };
    expect(await told('/v1/audit/access-records')).toEqual(paths.map((path) => `${path} *`));
    expect(await told(`${office.home}/access-records`)).toEqual([]);
  });

  it('names the service account that looked on a person’s behalf', async () => {
    const token = await issueDevToken(office.dataDir, {
      account: 'cuc',
      name: 'Cúc',
      roles: ['clerk'],
      agencies: [office.agency],
      audience: 'so-chung-thuc',
      lifetime: 60,
      via: 'portal-bk',
    });
    await fetch(`${office.url}${entries}`, { headers: { authorization: `Bearer ${token}` } });
    const { body } = await records('&account=cuc');
    expect(body.items).toEqual([expect.objectContaining({ account: 'cuc', via: 'portal-bk' })]);
  });

  it('is found by kind, account and period, a page at a time', async () => {
    const images = await records('&kind=image');
    expect(images.body.items.every(({ kind }) => kind === 'image')).toBe(true);
    expect(images.body.total).toBeGreaterThan(0);
    expect((await records('&to=2024-05-09')).body.total).toBe(0);
    expect((await records('&from=2024-05-10&to=2024-05-10')).body.total).toBeGreaterThan(4);
    expect((await records('&kind=nonsense')).status).toBe(422);
    const page = await auditor.get<Records>(`${office.home}/access-records?limit=2`);
    expect(page.body.items).toHaveLength(2);
  });

  it('outlives a restart, and is for auditors only', async () => {
    const before = (await records()).body.total;
    await office.restart();
    expect((await records()).body.total).toBe(before);
    expect((await officer.get(`${office.home}/access-records`)).status).toBe(403);
  });

  it('does not fail a read when it cannot be kept', async () => {
    const { access } = office.api.stores;
    const put = access.put.bind(access);
    Object.assign(access, { put: () => Promise.reject(new Error('away')) });
    expect((await officer.get(entries)).status).toBe(200);
    Object.assign(access, { put });
  });
});
