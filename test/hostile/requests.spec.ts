import { once } from 'node:events';
import { request } from 'node:http';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backends } from '../support/backends.ts';
import { bombPng, notPictures, seal, truncated, animatedPng } from '../support/draw/index.ts';
import {
  after,
  form,
  guideBook,
  openOffice,
  paper,
  type Office,
  type Person,
} from '../support/office.ts';

const [embedded] = backends;

interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly field?: string;
  readonly errors?: readonly { field: string; code: string }[];
}

let office: Office;
let officer: Person;
let clerk: Person;
let book: string;

beforeAll(async () => {
  if (!embedded) throw new Error('no backend');
  office = await openOffice(embedded);
  officer = await office.as('receiving-officer');
  clerk = await office.as('clerk');
  const opened = await officer.post(`${office.home}/books`, { json: guideBook });
  book = opened.headers.get('location') ?? '';
});

afterAll(() => office.dispose());

/** Nothing of the implementation may show in an answer. */
const LEAKS = /at \w+ \(|node_modules|sqlite|mongo|\/home|\/root|\.ts:|SELECT |Error:/i;

function expectProblem(
  answer: { status: number; headers: Headers; body: Problem },
  code: string,
): void {
  expect([answer.status, answer.body.code]).toEqual([answer.body.status, code]);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({
    type: `urn:so-chung-thuc:problem:${code}`,
    title: expect.any(String),
    detail: expect.any(String),
    instance: answer.headers.get('x-correlation-id'),
  });
  expect(JSON.stringify(answer.body)).not.toMatch(LEAKS);
}

/** How many events there are: what is refused must leave none. */
async function eventCount(): Promise<number> {
  const { eventStore } = office.api.stores;
  const head = await eventStore.head();
  return head === undefined ? 0 : eventStore.between(undefined, head);
}

async function refusedWithoutTrace(
  ask: () => Promise<{ status: number; headers: Headers; body: Problem }>,
  code: string,
): Promise<Problem> {
  const before = await eventCount();
  const answer = await ask();
  expectProblem(answer, code);
  expect(await eventCount()).toBe(before);
  return answer.body;
}

describe('bodies that are not what they should be', () => {
  const books = (): string => `${office.home}/books`;
  const json = { 'content-type': 'application/json' };

  it.each([
    ['{"name":', 'MALFORMED_JSON'],
    ['nul', 'MALFORMED_JSON'],
    ['"01/2024"', 'MALFORMED_JSON'],
  ])('%s is malformed', async (raw, code) => {
    await refusedWithoutTrace(() => officer.post<Problem>(books(), { raw, headers: json }), code);
  });

  it('an array, null or nothing is not a book', async () => {
    for (const raw of ['[]', '[{"name":"01/2024"}]', '{}']) {
      await refusedWithoutTrace(
        () => officer.post<Problem>(books(), { raw, headers: json }),
        'VALIDATION',
      );
    }
  });

  it('repeats what was sent only as people read it, in NFC', async () => {
    const sent = 'số'.normalize('NFD');
    const problem = await refusedWithoutTrace(
      () => officer.post<Problem>(books(), { json: { ...guideBook, [sent]: 1 } }),
      'UNKNOWN_FIELD',
    );
    expect(problem.detail).toContain('số'.normalize('NFC'));
    expect(problem.detail).toBe(problem.detail.normalize('NFC'));
  });

  it('a register left out by null is the one there is', async () => {
    const json = { ...guideBook, name: '02/2024', firstNumber: 5, type: null };
    const { status, body } = await officer.post<Problem>(books(), { json });
    expect([status, body.code]).toEqual([409, 'BOOK_OPEN_EXISTS']);
  });

  it('names every field that is missing', async () => {
    const problem = await refusedWithoutTrace(
      () => officer.post<Problem>(books(), { json: {} }),
      'VALIDATION',
    );
    expect(problem.errors?.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'name REQUIRED',
      'firstNumber REQUIRED',
      'openedOn REQUIRED',
      'closesOn REQUIRED',
    ]);
    expect(problem.detail).toContain('Vui lòng nhập Tên sổ chứng thực.');
  });

  it.each([
    [{ name: 1 }, 'TYPE', 'name'],
    [{ name: ['01/2024'] }, 'TYPE', 'name'],
    [{ name: { $gt: '' } }, 'TYPE', 'name'],
    [{ firstNumber: '1' }, 'START_INVALID', 'firstNumber'],
    [{ firstNumber: Number.POSITIVE_INFINITY }, 'REQUIRED', 'firstNumber'],
    [{ firstNumber: 1.5 }, 'START_INVALID', 'firstNumber'],
    [{ openedOn: 20240510 }, 'TYPE', 'openedOn'],
    [{ openedOn: '10/05/2024' }, 'DATE_FORMAT', 'openedOn'],
    [{ name: 'x'.repeat(101) }, 'TOO_LONG', 'name'],
    [{ type: 'SCT.XX' }, 'NOT_ALLOWED', 'type'],
    [{ status: 'closed' }, 'UNKNOWN_FIELD', 'status'],
    [{ constructor: 1 }, 'UNKNOWN_FIELD', 'constructor'],
    [{ toString: 'x' }, 'UNKNOWN_FIELD', 'toString'],
    [{ name: null }, 'REQUIRED', 'name'],
    [{ firstNumber: 9_007_199_254_740_990, reason: 'x' }, 'START_TOO_LARGE', 'firstNumber'],
    [{ __proto__x: 1 }, 'UNKNOWN_FIELD', '__proto__x'],
  ])('%j is refused', async (change, code, field) => {
    const body = { ...guideBook, ...change };
    const problem = await refusedWithoutTrace(
      () => officer.post<Problem>(books(), { json: body }),
      code,
    );
    expect(problem.field).toBe(field);
  });

  it('a body of a megabyte, a form where JSON belongs, and an unknown type of content are refused', async () => {
    const large = { ...guideBook, reason: 'x'.repeat(1024 * 1024) };
    await refusedWithoutTrace(
      () => officer.post<Problem>(books(), { json: large }),
      'PAYLOAD_TOO_LARGE',
    );
    const asForm = () => officer.post<Problem>(books(), { form: form({ name: '01/2024' }) });
    expect((await asForm()).status).toBe(422);
    for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
      await refusedWithoutTrace(
        () => officer.post<Problem>(books(), { raw: 'name=x', headers: { 'content-type': type } }),
        'UNSUPPORTED_MEDIA_TYPE',
      );
    }
    const charset = { 'content-type': 'application/json; charset=klingon' };
    await refusedWithoutTrace(
      () => officer.post<Problem>(books(), { raw: '{}', headers: charset }),
      'UNSUPPORTED_MEDIA_TYPE',
    );
  });

  it('prototype pollution and deep nesting do nothing', async () => {
    const raw = '{"__proto__":{"admin":true},"name":"01/2024"}';
    await refusedWithoutTrace(
      () => officer.post<Problem>(books(), { raw, headers: json }),
      'UNKNOWN_FIELD',
    );
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    await refusedWithoutTrace(
      () => officer.post<Problem>(books(), { raw: deep, headers: json }),
      'MALFORMED_REQUEST',
    );
  });
});

describe('queries that are not what they should be', () => {
  it.each([
    'search[$gt]=',
    'search=a&search=b',
    'limit=0',
    'limit=101',
    'limit=abc',
    'offset=-1',
    'sort=$where',
    'sort=doc',
    'status=%24ne',
    'unknown=1',
    'after=garbage',
    'after=x&offset=5',
    'offset=99999999999999999999',
    'year=1e99',
    'offset=',
    'limit=1e1',
    'limit=0x10',
    'limit=%205%20',
    'constructor=1',
    '__proto__=1',
    'toString=x&limit=5',
  ])('%s is refused', async (query) => {
    const answer = await officer.get<Problem>(`${office.home}/books?${query}`);
    expectProblem(answer, answer.body.code);
    expect(answer.status).toBe(422);
  });

  it.each(['%', '_', '.*', "'; DROP TABLE books; --", '{"$ne":null}', '\\', '”'])(
    'the search for %s is a search for just that',
    async (search) => {
      const answer = await officer.get<{ total: number }>(
        `${office.home}/books?search=${encodeURIComponent(search)}`,
      );
      expect([answer.status, answer.body.total]).toEqual([200, 0]);
    },
  );

  it.each([
    '/v1/agencies/BK%2F..%2Fx/books',
    '/v1/nothing',
    '/v1/agencies/a/books',
    '/v1/agencies/%00/books',
  ])('%s is not found', async (path) =>
    expectProblem(await officer.get<Problem>(path), 'NOT_FOUND'),
  );

  it('ids that cannot be are not found', async () => {
    const path = `${office.home}/books/SCTDT.BS-2024-x`;
    expectProblem(
      await officer.patch<Problem>(path, { json: { closesOn: '2024-12-31' } }),
      'BOOK_NOT_FOUND',
    );
    for (const number of ['0', '-1', '1e3', 'x', '99999999999']) {
      const answer = await officer.get<Problem>(`${book}/entries/${number}`);
      expectProblem(answer, 'NOT_FOUND');
    }
  });

  it.each([
    ['If-Match', 'W/"1"', 412],
    ['If-Match', '"abc"', 412],
    ['If-Match', '"00"', 412],
    ['If-Match', '""', 412],
    ['If-Match', '"9999"', 412],
    ['If-Match', '"9999", W/"0"', 412],
    ['If-Match', '"9999", "0"', 200],
    ['If-Match', '*', 200],
    ['If-Match', '1', 400],
    ['If-Match', '*, "1"', 400],
    ['If-Match', '"1" "0"', 400],
    ['Idempotency-Key', 'á'.repeat(10), 400],
    ['Idempotency-Key', 'x'.repeat(300), 400],
  ])('the header %s: %s answers %d', async (name, value, status) => {
    const json = { closesOn: '2024-05-11' };
    const headers = { [name]: value };
    const answer = await officer.patch<Problem>(book, { json, headers });
    expect(answer.status).toBe(status);
    if (status >= 400) expect(answer.body.status).toBe(status);
    if (status === 412)
      expect(answer.body).toMatchObject({ current: { name: expect.any(String) } });
  });
});

describe('requests that are hardly HTTP', () => {
  /** Sends bytes as they are. @returns everything that came back before the service hung up */
  async function exchange(text: string): Promise<string> {
    const { hostname, port } = new URL(office.url);
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write(text);
    return (await buffer(socket)).toString();
  }

  it.each([
    ['no HTTP at all', 'GIMME\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    ['a header without a name', 'GET / HTTP/1.1\r\n: x\r\n\r\n', 400, 'MALFORMED_REQUEST'],
    [
      'two lengths',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
      400,
      'MALFORMED_REQUEST',
    ],
    [
      'an endless path',
      `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    [
      'an endless header',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    [
      'an odd Expect',
      'GET / HTTP/1.1\r\nHost: x\r\nExpect: miracle\r\nConnection: close\r\n\r\n',
      417,
      'EXPECTATION_FAILED',
    ],
  ])('%s is answered with problem details', async (_what, bytes, status, code) => {
    const [head = '', body = ''] = (await exchange(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    const problem = JSON.parse(body) as Problem;
    expect(problem).toMatchObject({ status, code });
    expect(head).toContain(problem.instance);
  });
});

describe('a request that is refused before it is whole', () => {
  it('has its answer read by whoever is still sending, and its connection closed', async () => {
    const { hostname, port } = new URL(office.url);
    const socket = connect(Number(port), hostname);
    const failed: unknown[] = [];
    socket.on('error', (error) => failed.push(error));
    // Sent to the end before anything is read: far more than the service looks at.
    const sent = new Promise((resolve) =>
      socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(4_000_000)}\r\n\r\n`, resolve),
    );
    await sent;
    const text = (await buffer(socket)).toString();
    expect([text.split('\r\n')[0]?.slice(0, 12), failed]).toEqual(['HTTP/1.1 431', []]);
    expect(text).toContain('HEADERS_TOO_LARGE');
  });

  it('is not listened to for ever', async () => {
    const { hostname, port } = new URL(office.url);
    const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    socket.on('error', () => undefined);
    socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}`);
    socket.resume();
    const more = setInterval(() => socket.write('x'), 20);
    await new Promise((resolve) => socket.once('close', resolve));
    clearInterval(more);
  });
});

describe('tags', () => {
  it('are revisions: neither lists nor refusals carry one', async () => {
    const list = await officer.get(`${office.home}/books`);
    expect(list.headers.get('etag')).toBeNull();
    const refused = await officer.get(`${office.home}/books?limit=0`);
    expect(refused.headers.get('etag')).toBeNull();
    const details = await officer.get(
      book,
      after(await officer.patch(book, { json: { closesOn: '2024-05-12' } })),
    );
    expect(details.headers.get('etag')).toMatch(/^"\d+"$/);
  });

  it('are not made up for what was never written', async () => {
    const headers = { 'if-match': '"0"' };
    const nowhere = await office.as('clerk', { account: 'clerk.none' });
    const answer = await nowhere.post<Problem>(`${office.home}/seals/none/revoke`, {
      json: { reason: 'x' },
      headers,
    });
    expectProblem(answer, 'CONFLICT');
    expect(answer.headers.get('etag')).toBeNull();
  });
});

describe('a caller’s own id of a request', () => {
  const answered = async (id: string) => {
    const headers = { authorization: `Bearer ${officer.token}`, 'x-correlation-id': id };
    return (await fetch(`${office.url}${book}`, { headers })).headers.get('x-correlation-id');
  };

  it.each(['5b0c:bf8b_6f43.4d55-8a35', '...', '.a'])('%s is kept', async (id) => {
    expect(await answered(id)).toBe(id);
  });

  it.each(['.', '..', 'a/b', 'a b', 'x'.repeat(129)])(
    'gives way to another where no address could ask for it: %s',
    async (id) => {
      expect(await answered(id)).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

describe('asking for what is not there', () => {
  const unknown = (): string => `${office.home}/books/SCTDT.BS-2024-${'0'.repeat(16)}`;

  it('finds no entries and no history of a book, signature or seal there never was', async () => {
    const paths = [
      `${unknown()}/entries`,
      `${unknown()}/history`,
      `${book}/entries/77/history`,
      `${office.home}/signatures/nobody/history`,
      `${office.home}/seals/nobody/history`,
    ];
    for (const path of paths) expectProblem(await officer.get<Problem>(path), 'NOT_FOUND');
  });

  it.each(['abc', '9999999999999999'])(
    'a position that was never answered, %s, is refused at once',
    async (position) => {
      const headers = { 'read-after': position };
      expectProblem(
        await officer.get<Problem>(`${office.home}/books`, { headers }),
        'INVALID_HEADER',
      );
    },
  );

  it('a null where something has to be is refused, and changes nothing where it may be left out', async () => {
    for (const field of ['dossier', 'requester', 'copies']) {
      const json = { ...paper(), [field]: null };
      await refusedWithoutTrace(
        () => officer.post<Problem>(`${book}/entries`, { json }),
        'REQUIRED',
      );
    }
    const numbered = { json: paper({ dossier: 'H03-NULL' }) };
    const { body } = await officer.post<{ entry: { number: number } }>(`${book}/entries`, numbered);
    const before = await eventCount();
    const json = { requester: null, copies: null, note: null, reason: 'x' };
    const path = `${book}/entries/${body.entry.number}/correct`;
    const answer = await officer.post<{ repeated: boolean }>(path, { json });
    expect([answer.status, answer.body.repeated]).toEqual([200, true]);
    expect(await eventCount()).toBe(before);
  });

  it('a document that has its number gets it again only for a request in order', async () => {
    const json = paper({ dossier: 'H03-AGAIN' });
    const first = await officer.post(`${book}/entries`, { json });
    expect(first.status).toBe(201);
    const wrong = [{ copies: 1.5 }, { fee: -1 }, { document: 0 }, { certifiedOn: 'hôm nay' }];
    for (const change of wrong) {
      const again = { ...json, ...change };
      const answer = await officer.post<Problem>(`${book}/entries`, { json: again });
      expectProblem(answer, 'certifiedOn' in change ? 'DATE_FORMAT' : 'NUMBER_INVALID');
    }
  });

  it('a position that no log would name is refused, whatever stands behind it', async () => {
    for (const position of ['Qy-_', '0-0', 'x'.repeat(40), '00000000000000000000000-ab']) {
      const headers = { 'Read-After': position };
      const answer = await officer.get<Problem>(`${office.home}/books`, { headers });
      expect([position, answer.status, answer.body.code]).toEqual([
        position,
        400,
        'INVALID_HEADER',
      ]);
    }
  });

  it('a missing reason is asked for as in the domain', async () => {
    const discard = () => officer.post<Problem>(`${book}/discard`, { json: {} });
    const problem = await refusedWithoutTrace(discard, 'REASON');
    expect(problem.detail).toBe('Vui lòng nhập lý do.');
  });

  it('days and times without an offset are those of Việt Nam, and a period runs forward', async () => {
    const total = async (query: string) =>
      (await officer.get<{ total: number }>(`${office.home}/history?${query}`)).body.total;
    expect(await total('from=2024-05-10&to=2024-05-10')).toBeGreaterThan(0);
    expect(await total('from=2024-05-10T08:00:00&to=2024-05-10T23:59:59')).toBeGreaterThan(0);
    expect(await total('to=2024-05-10T07:59:59')).toBe(0);
    const asOf = await officer.get(`${book}/as-of?at=2024-05-10`);
    expect(asOf.body['state']).not.toBeNull();
    for (const query of ['from=2024-05-11&to=2024-05-09', 'from=hôm qua', 'to=2024-99-01']) {
      const answer = await officer.get<Problem>(`${office.home}/history?${encodeURI(query)}`);
      expect(answer.status).toBe(422);
    }
  });
});

describe('callers who are not who they should be', () => {
  it('without a token, with garbage, with another issuer’s or a tampered token, stay outside', async () => {
    const [head, body, tail] = officer.token.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const forged = Buffer.from(JSON.stringify({ ...claims, roles: ['auditor'] })).toString(
      'base64url',
    );
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const tokens = [
      '',
      'Bearer',
      'Bearer x',
      `Bearer ${head}.${forged}.${tail}`,
      `Bearer ${none}.${body}.`,
      `Basic ${officer.token}`,
    ];
    for (const authorization of tokens) {
      const answer = await officer.get<Problem>(`${office.home}/books`, {
        headers: { authorization },
      });
      expectProblem(answer, 'UNAUTHENTICATED');
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });

  it('of another agency or role are refused, and leave nothing', async () => {
    const stranger = await office.as('receiving-officer', { agencies: ['BK-999'] });
    await refusedWithoutTrace(
      () => stranger.post<Problem>(`${office.home}/books`, { json: guideBook }),
      'FORBIDDEN',
    );
    expectProblem(await stranger.get<Problem>(`${office.home}/books`), 'FORBIDDEN');
    const auditor = await office.as('auditor');
    await refusedWithoutTrace(
      () => auditor.post<Problem>(`${book}/entries`, { json: paper() }),
      'FORBIDDEN',
    );
    const operator = await office.as('operator', { agencies: ['*'] });
    expectProblem(await operator.get<Problem>(`${book}/entries`), 'FORBIDDEN');
    const path = `${book}/entries/1/revoke`;
    await refusedWithoutTrace(() => officer.post<Problem>(path, { json: {} }), 'FORBIDDEN');
  });

  it('an auditor granted every agency reads this one', async () => {
    const auditor = await office.as('auditor', { agencies: ['*'] });
    expect((await auditor.get(`${office.home}/books`)).status).toBe(200);
  });

  /** What nobody has to be known for: how one becomes known, and whether the service works. */
  const forAnyone = [
    /^\/health/,
    /^\/metrics$/,
    /^\/v1\/sign-in$/,
    /^\/v1\/development\/tokens$/,
    /^\/xac-minh/,
  ];

  it('finds no route without an access rule', async () => {
    const document = (await (await fetch(`${office.url}/docs/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const method of Object.keys(methods)) {
        const url = `${office.url}${path.replaceAll(/\{\w+\}/g, 'x')}`;
        const { status } = await fetch(url, { method: method.toUpperCase() });
        const isOpen = forAnyone.some((one) => one.test(path));
        expect([path, status === 401]).toEqual([path, !isOpen]);
      }
    }
  });
});

describe('files that are not what they say', () => {
  const upload = (image: Buffer | undefined, name = 'con-dau.png', fields = { name: 'Con dấu' }) =>
    clerk.post<Problem>(`${office.home}/seals`, { form: form(fields, image, name) });

  async function storedFiles(): Promise<number> {
    const images = join(office.dataDir, 'images');
    const all = await readdir(images, { recursive: true, withFileTypes: true }).catch(() => []);
    return all.filter((entry) => entry.isFile()).length;
  }

  async function refusedUpload(image: Buffer, code: string, name?: string): Promise<void> {
    const before = await storedFiles();
    await refusedWithoutTrace(() => upload(image, name), code);
    expect(await storedFiles()).toBe(before);
  }

  it.each(Object.keys(notPictures) as (keyof typeof notPictures)[])(
    'a %s named .png is refused',
    async (kind) => {
      await refusedUpload(notPictures[kind], 'FILE_TYPE');
    },
  );

  it('a truncated, an animated and an exploding PNG are refused', async () => {
    const png = await seal();
    await refusedUpload(truncated(png, 0.5), 'FILE_BROKEN');
    await refusedUpload(animatedPng(png), 'IMAGE_ANIMATED');
    await refusedUpload(bombPng(60_000, 60_000), 'IMAGE_TOO_MANY_PIXELS');
    await refusedUpload(Buffer.alloc(0), 'FILE_EMPTY');
    // Drawing the bomb is what takes long.
  }, 60_000);

  it('a file over 5 MiB, two files, another field and no file are refused', async () => {
    await refusedUpload(Buffer.alloc(5 * 1024 * 1024 + 1, 1), 'UPLOAD_TOO_LARGE');
    const png = await seal();
    const two = form({ name: 'x' }, png);
    two.append('image', new Blob([new Uint8Array(png)]), 'b.png');
    const seals = `${office.home}/seals`;
    await refusedWithoutTrace(() => clerk.post<Problem>(seals, { form: two }), 'UPLOAD_FIELD');
    const other = form({ name: 'x' });
    other.append('file', new Blob([new Uint8Array(png)]), 'b.png');
    await refusedWithoutTrace(() => clerk.post<Problem>(seals, { form: other }), 'UPLOAD_FIELD');
    const problem = await refusedWithoutTrace(() => upload(undefined), 'REQUIRED');
    expect(problem.field).toBe('image');
    const nameless = await refusedWithoutTrace(
      async () => upload(await seal(), 'a.png', {} as never),
      'REQUIRED',
    );
    expect(nameless.detail).toBe('Vui lòng nhập Tên con dấu.');
  });

  it('a broken multipart body is refused', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    const answer = await clerk.post<Problem>(`${office.home}/seals`, {
      raw: '--x\r\nbroken',
      headers,
    });
    expectProblem(answer, answer.body.code);
  });

  it('a refused command leaves no file behind', async () => {
    const before = await storedFiles();
    await refusedWithoutTrace(async () => upload(await seal(), 'a.png', { name: ' ' }), 'REQUIRED');
    expect(await storedFiles()).toBe(before);
  });
});

describe('a caller who goes away', () => {
  it('in the middle of a body disturbs nobody', async () => {
    const asked = request(`${office.url}${office.home}/books`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${officer.token}`,
        'content-type': 'application/json',
        'content-length': '1000',
      },
    });
    asked.on('error', () => undefined);
    asked.write('{"name":');
    await once(asked, 'socket');
    asked.destroy();
    expect((await officer.get(`${office.home}/books`)).status).toBe(200);
  });
});
