import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { eventSchemaDocument } from '../../apps/api/feed/asyncapi.ts';
import { backends } from '../support/backends.ts';
import { guideBook, openOffice, paper, type Office, type Person } from '../support/office.ts';
import { until } from '../support/until.ts';

interface Told {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly dataschema: string;
  readonly revision: number;
  readonly position: string;
  readonly data: Readonly<Record<string, unknown>>;
}
interface Page {
  readonly items: readonly Told[];
  readonly next?: string;
  readonly isAtEnd: boolean;
}

/** What was heard of a feed until it was left. */
async function listen(url: string, token: string, seen?: string) {
  const leave = new AbortController();
  const response = await fetch(url, {
    signal: leave.signal,
    headers: {
      authorization: `Bearer ${token}`,
      ...(seen !== undefined && { 'last-event-id': seen }),
    },
  });
  const heard: Told[] = [];
  let text = '';
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data !== undefined) heard.push(JSON.parse(data) as Told);
      }
    }
  };
  void read().catch(() => undefined);
  return { status: response.status, heard, leave: () => leave.abort() };
}

describe.each(backends)('the feed of events on $name', (backend) => {
  let office: Office;
  let officer: Person;
  let auditor: Person;
  let book = '';

  const feed = (query = '', who = officer) => who.get<Page>(`${office.home}/feed${query}`);
  /** Every page, from a place on. */
  async function all(query: string, from?: string): Promise<Told[]> {
    const items: Told[] = [];
    for (let after = from; ;) {
      const at = after === undefined ? '' : `&after=${after}`;
      const { body } = await feed(`?${query}${at}`);
      items.push(...body.items);
      after = body.next;
      if (body.isAtEnd) return items;
    }
  }

  beforeAll(async () => {
    office = await openOffice(backend);
    officer = await office.as('receiving-officer');
    auditor = await office.as('auditor', { agencies: ['*'] });
    const opened = await officer.post(`${office.home}/books`, { json: guideBook });
    book = opened.headers.get('location') ?? '';
    for (const document of [1, 2, 3])
      await officer.post(`${book}/entries`, { json: paper({ document }) });
    await officer.post(`${book}/entries/2/void`, { json: { reason: 'Rút hồ sơ' } });
    const other = await office.as('receiving-officer', { agencies: ['BK-KHAC'] });
    await other.post('/v1/agencies/BK-KHAC/books', { json: guideBook });
  }, 60_000);
  afterAll(() => office.dispose());

  it('tells an agency’s events in the log’s order, whatever the page, and nobody else’s', async () => {
    const whole = await all('limit=500');
    expect(whole.map(({ type }) => type)).toEqual([
      'so-chung-thuc.BookOpened',
      ...Array<string>(3).fill('so-chung-thuc.EntryNumberAssigned'),
      'so-chung-thuc.EntryNumberVoided',
    ]);
    expect(whole.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(whole.map(({ source }) => source))).toEqual(new Set([office.home]));
    expect(await all('limit=1')).toEqual(whole);
    expect(await all('limit=2', whole[1]?.position)).toEqual(whole.slice(2));
    const narrowed = await all('type=BookOpened,EntryNumberVoided&limit=1');
    expect(narrowed).toEqual([whole[0], whole[4]]);
  });

  it('tells each as its schema says', async () => {
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema(eventSchemaDocument);
    for (const { dataschema, data } of await all('limit=500')) {
      const validate = ajv.getSchema(dataschema);
      expect([dataschema, validate?.(data), validate?.errors]).toEqual([dataschema, true, null]);
    }
  });

  it('goes on at the end with what comes, page by page or as it happens', async () => {
    const { next = '' } = (await feed('?limit=500')).body;
    const waiting = await listen(
      `${office.url}${office.home}/feed/events?after=${next}`,
      officer.token,
    );
    const named = await officer.post(`${book}/entries`, { json: paper({ document: 4 }) });
    expect(named.status).toBe(201);
    await until(() => waiting.heard.length > 0);
    expect(waiting.heard).toEqual((await feed(`?after=${next}`)).body.items);
    waiting.leave();
    const [told] = waiting.heard;
    const url = `${office.url}${office.home}/feed/events`;
    const again = await listen(url, officer.token, told?.position);
    await officer.post(`${book}/entries`, { json: paper({ document: 5 }) });
    await until(() => again.heard.length > 0);
    expect(again.heard.map(({ data }) => data['document'])).toEqual([5]);
    again.leave();
  });

  it('answers who asks for the head of what never ends', async () => {
    const auditors = { authorization: `Bearer ${auditor.token}` };
    const { token } = await office.as('operator', { agencies: ['*'] });
    const ways = [
      ['/v1/feed/events', auditors],
      ['/v1/projections/events', { authorization: `Bearer ${token}` }],
    ] as const;
    for (const [path, headers] of ways) {
      const { status } = await fetch(`${office.url}${path}`, { method: 'HEAD', headers });
      expect([path, status]).toEqual([path, 200]);
    }
  });

  it('is recorded as looked at, however it is told', async () => {
    const stream = await listen(`${office.url}${office.home}/feed/events`, officer.token);
    await until(() => stream.heard.length > 3);
    stream.leave();
    await feed();
    const paths = async () => {
      const path = `${office.home}/access-records?limit=100`;
      const { body } = await auditor.get<{ items: { path: string; numbers: number[] }[] }>(path);
      return body.items.filter(({ numbers }) => numbers.includes(1)).map(({ path: of }) => of);
    };
    const wanted = [`${office.home}/feed`, `${office.home}/feed/events`];
    await until(async () => {
      const known = await paths();
      return wanted.every((path) => known.includes(path));
    });
  });

  it('of every agency is for who may read every agency', async () => {
    const pages = await auditor.get<Page>('/v1/feed?limit=500&type=BookOpened');
    const sources = pages.body.items.map(({ source }) => source);
    expect(sources).toEqual(expect.arrayContaining([office.home, '/v1/agencies/BK-KHAC']));
    const some = await office.as('auditor', { agencies: [office.agency, 'BK-KHAC'] });
    expect((await some.get('/v1/feed')).status).toBe(403);
    expect((await feed('', some)).status).toBe(200);
  });

  it('refuses a place of no log, or of another, and types there are none of', async () => {
    const { next = '' } = (await feed('?limit=1')).body;
    const foreign = `${next.split('-')[0] ?? ''}-00000000`;
    for (const after of ['x', '0', foreign, '9'.repeat(16), '9'.repeat(20)]) {
      const { status, body } = await officer.get(`${office.home}/feed?after=${after}`);
      expect([after, status, body['code']]).toEqual([after, 422, 'INVALID_CURSOR']);
    }
    for (const type of ['BookEaten', 'BookOpened,', 'BookOpened BookClosed'])
      expect((await feed(`?type=${type}`)).status).toBe(422);
  });
});
