import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  after,
  createPortalClient,
  held,
  PortalProblem,
  PortalUnreachable,
  type PortalOptions,
  type RetryPolicy,
} from './index.ts';

/** What reached the server. */
interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly at: number;
}
type Behaviour = (response: ServerResponse) => void;

/** A service on a socket that behaves as told, request by request; the last behaviour stays. */
async function startScripted(script: readonly Behaviour[]) {
  const received: Received[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = performance.now();
    const { method = '', url = '', headers } = request;
    const body = await buffer(request);
    const behave = script[Math.min(received.length, script.length - 1)];
    received.push({ method, url, headers, body, at });
    behave?.(response);
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { received, baseUrl: `http://127.0.0.1:${port}`, close };
}

type Headers_ = Readonly<Record<string, string>>;
const json =
  (status: number, body: object, headers: Headers_ = {}): Behaviour =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
const problem = (status: number, code: string, headers: Headers_ = {}, more: object = {}) =>
  json(
    status,
    { status, code, title: 'T', detail: 'Đ', type: 'urn:x', instance: 'i1', ...more },
    headers,
  );
const made = json(201, { revision: 0, position: '7', book: {} }, { etag: '"0"', position: '7' });
const hangUp: Behaviour = (response) => response.socket?.destroy();
const stall: Behaviour = () => undefined;
const breakOff: Behaviour = (response) => {
  response.writeHead(201, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"revision":', () => response.socket?.destroy());
};
const stallInside: Behaviour = (response) => {
  response.writeHead(201, { 'content-type': 'application/json' });
  response.write('{"revision":');
};

const quick: Partial<RetryPolicy> = {
  pauseMs: 5,
  longestPauseMs: 1500,
  timeoutMs: 250,
  attempts: 4,
};
const books = '/v1/agencies/{agency}/books' as const;
const params = { path: { agency: 'BK-001' } };
const body = { name: '01/2024', firstNumber: 1, openedOn: '2024-05-10', closesOn: '2024-12-31' };

let service: Awaited<ReturnType<typeof startScripted>> | undefined;

beforeEach(() => (service = undefined));
afterEach(() => service?.close());

async function portalOf(script: readonly Behaviour[], options: Partial<PortalOptions> = {}) {
  service = await startScripted(script);
  const { baseUrl, received } = service;
  const client = createPortalClient({ baseUrl, token: 'secret', retry: quick, ...options });
  return { client, received };
}

const failure = async <T extends Error>(call: Promise<unknown>): Promise<T> =>
  call.then(
    () => Promise.reject(new Error('the call succeeded')),
    (error: unknown) => error as T,
  );

describe('a command', () => {
  it('is sent with token, key and JSON, and answers data, revision and position', async () => {
    const { client, received } = await portalOf([made]);
    const opened = await client.post(books, { params, body });
    expect(opened).toMatchObject({ status: 201, etag: '"0"', position: '7' });
    expect(opened.data.revision).toBe(0);
    const [sent] = received;
    expect(sent).toMatchObject({
      method: 'POST',
      url: '/v1/agencies/BK-001/books',
      headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
    });
    expect(sent?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.parse(sent?.body.toString() ?? '')).toEqual(body);
  });

  it('keeps the key the caller gives, and takes another for every call without', async () => {
    const { client, received } = await portalOf([made]);
    const header = { 'Idempotency-Key': 'mine' };
    await client.post(books, { params: { ...params, header }, body });
    await client.post(books, { params, body });
    await client.post(books, { params, body });
    const keys = received.map(({ headers }) => headers['idempotency-key']);
    expect(keys[0]).toBe('mine');
    expect(new Set(keys).size).toBe(3);
  });

  it.each<[string, Behaviour]>([
    ['the connection is dropped', hangUp],
    ['the answer breaks off', breakOff],
    ['no answer comes in time', stall],
    ['the answer stops half way', stallInside],
    ['the service is away (503)', problem(503, 'UNAVAILABLE')],
    ['a proxy finds no service (502)', (response) => response.writeHead(502).end('<html>')],
    ['it asks too often (429)', problem(429, 'RATE_LIMITED', { 'retry-after': '0' })],
  ])('is sent again, the same with the same key, when %s', async (_what, trouble) => {
    const { client, received } = await portalOf([trouble, trouble, made]);
    const opened = await client.post(books, { params, body });
    expect(opened.status).toBe(201);
    expect(received).toHaveLength(3);
    const same = received.map(({ headers, body: sent }) => [
      headers['idempotency-key'],
      sent.toString(),
    ]);
    expect(new Set(same.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it.each([400, 401, 403, 404, 409, 412, 413, 415, 422, 500])(
    'is not sent again when it is refused with %d',
    async (status) => {
      const { client, received } = await portalOf([problem(status, 'SOME_CODE'), made]);
      const error = await failure<PortalProblem>(client.post(books, { params, body }));
      expect(error).toBeInstanceOf(PortalProblem);
      expect(error).toMatchObject({
        status,
        code: 'SOME_CODE',
        title: 'T',
        detail: 'Đ',
        instance: 'i1',
      });
      expect(received).toHaveLength(1);
    },
  );

  it('waits as long as Retry-After says', async () => {
    const { client, received } = await portalOf([problem(503, 'X', { 'retry-after': '1' }), made]);
    await client.post(books, { params, body });
    const [first, second] = received.map(({ at }) => at) as [number, number];
    expect(second - first).toBeGreaterThanOrEqual(990);
  });

  it('is handed back at once when the service asks for more patience than there is', async () => {
    const { client, received } = await portalOf([problem(429, 'X', { 'retry-after': '3600' })]);
    const error = await failure<PortalProblem>(client.post(books, { params, body }));
    expect([error.status, error.headers.get('retry-after'), received.length]).toEqual([
      429,
      '3600',
      1,
    ]);
  });

  it('that nobody answers says what to ask again with', async () => {
    const { client, received } = await portalOf([hangUp]);
    const error = await failure<PortalUnreachable>(client.post(books, { params, body }));
    expect(error).toBeInstanceOf(PortalUnreachable);
    expect(error.attempts).toBe(4);
    expect(received).toHaveLength(4);
    expect(error.sent.idempotencyKey).toBe(received[0]?.headers['idempotency-key']);
    expect((error.cause as Error).message).toBe('fetch failed');
  });

  it('to a service that is not there is unreachable', async () => {
    const { client } = await portalOf([made]);
    await service?.close();
    service = undefined;
    const error = await failure<PortalUnreachable>(client.post(books, { params, body }));
    expect(error).toBeInstanceOf(PortalUnreachable);
  });

  it('ends when its caller gives up, also between two attempts', async () => {
    const { client, received } = await portalOf([problem(503, 'X', { 'retry-after': '1' })]);
    const signal = AbortSignal.timeout(300);
    const error = await failure(client.post(books, { params, body, signal }));
    expect(error).not.toBeInstanceOf(PortalProblem);
    expect(error).not.toBeInstanceOf(PortalUnreachable);
    expect(received).toHaveLength(1);
  });
});

describe('a query', () => {
  it('carries no key, is repeated too, and shows the command it comes after', async () => {
    const page = json(200, { items: [], total: 0, summary: '' });
    const { client, received } = await portalOf([made, hangUp, page]);
    const opened = await client.post(books, { params, body });
    const query = { search: 'a b&c', limit: 5 };
    const list = await client.get(books, { params: { ...params, query, header: after(opened) } });
    expect(list.data.items).toEqual([]);
    expect(received[2]).toMatchObject({
      url: '/v1/agencies/BK-001/books?search=a%20b%26c&limit=5',
      headers: { 'read-after': '7' },
    });
    expect(received[2]?.headers['idempotency-key']).toBeUndefined();
  });

  it('cannot be steered to another path by what stands in an id', async () => {
    const { client, received } = await portalOf([json(200, {})]);
    const path = { agency: 'BK-001', bookId: '../x?y#z' };
    await client.get('/v1/agencies/{agency}/books/{bookId}', { params: { path } });
    expect(received[0]?.url).toBe('/v1/agencies/BK-001/books/..%2Fx%3Fy%23z');
  });
});

describe('a method of an operation', () => {
  it('is sent as its path is, with the options as headers', async () => {
    const { client, received } = await portalOf([made]);
    const path = { agency: 'BK-001', bookId: 'a/b' };
    const reason = 'Dùng sổ đến hết năm';
    const options = { key: 'mine', ifMatch: '"3"' };
    const edited = await client.editBook(path, { closesOn: '2024-12-31', reason }, options);
    expect([edited.etag, edited.position]).toEqual(['"0"', '7']);
    const [sent] = received;
    expect(sent).toMatchObject({
      method: 'PATCH',
      url: '/v1/agencies/BK-001/books/a%2Fb',
      headers: { 'idempotency-key': 'mine', 'if-match': '"3"' },
    });
    expect(JSON.parse(sent?.body.toString() ?? '')).toEqual({ closesOn: '2024-12-31', reason });
  });

  it('is named by a key of its own where it has none, and held to nothing by a null', async () => {
    const { client, received } = await portalOf([made]);
    await client.openBook({ agency: 'BK-001' }, body, { ifMatch: null });
    const [sent] = received;
    expect(sent?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    expect(sent?.headers['if-match']).toBeUndefined();
  });

  it('that asks shows what a command wrote', async () => {
    const page = json(200, { items: [], total: 0, summary: '' });
    const { client, received } = await portalOf([made, page]);
    const { position: readAfter } = await client.openBook({ agency: 'BK-001' }, body);
    await client.listBooks({ agency: 'BK-001' }, { limit: 5 }, { readAfter });
    expect(received[1]).toMatchObject({
      url: '/v1/agencies/BK-001/books?limit=5',
      headers: { 'read-after': '7' },
    });
  });

  it('answers a picture as its bytes', async () => {
    const bytes = Buffer.from([137, 80, 78, 71, 0, 255]);
    const send: Behaviour = (response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end(bytes);
    const { client } = await portalOf([send]);
    const { data } = await client.getSealImage({ agency: 'BK-001', id: 'x' });
    expect(Buffer.from(await data.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it('ends when its caller gives up', async () => {
    const { client, received } = await portalOf([stall]);
    const signal = AbortSignal.timeout(20);
    const error = await failure(client.listAgencies({}, { signal }));
    expect(error).not.toBeInstanceOf(PortalUnreachable);
    expect(received.length).toBeLessThan(2);
  });
});

describe('an upload', () => {
  it('is a form with the file’s bytes, the same again when repeated', async () => {
    const { client, received } = await portalOf([hangUp, json(201, { id: 'x' })]);
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 256));
    const image = new File([bytes], 'chữ ký.png', { type: 'image/png' });
    const fields = { name: 'Chữ ký', signerFullName: 'A', signerTitle: 'B' };
    const form = { ...fields, image, isDefault: true, authority: null };
    await client.registerSignature({ agency: 'BK-001' }, form);
    expect(received).toHaveLength(2);
    const [first, second] = received as [Received, Received];
    expect(second.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    expect(second.headers['content-type']).toBe(first.headers['content-type']);
    expect(second.body.equals(first.body)).toBe(true);
    expect(second.body.includes(bytes)).toBe(true);
    const text = second.body.toString();
    expect(text).toContain('name="name"\r\n\r\nChữ ký\r\n');
    expect(text).toContain('name="isDefault"\r\n\r\ntrue\r\n');
    expect(text).toContain('name="authority"\r\n\r\n\r\n');
  });

  it('without a file is a form as well', async () => {
    const { client, received } = await portalOf([json(200, {})]);
    const path = { agency: 'BK-001', id: 'x' };
    await client.patch('/v1/agencies/{agency}/seals/{id}', {
      params: { path },
      body: { name: 'Mới' },
    });
    expect(received[0]?.headers['content-type']).toMatch(/^multipart\/form-data/);
  });
});

describe('a revision that was seen', () => {
  it('goes into If-Match, and a conflict tells what stands there now', async () => {
    const conflict = problem(
      412,
      'CONFLICT',
      { etag: '"3"' },
      { current: { closesOn: '2024-12-31' } },
    );
    const { client, received } = await portalOf([made, conflict]);
    const opened = await client.post(books, { params, body });
    const path = { agency: 'BK-001', bookId: 'x' };
    const asked = { params: { path, header: held(opened) }, body: { closesOn: '2024-12-30' } };
    const error = await failure<PortalProblem>(
      client.patch('/v1/agencies/{agency}/books/{bookId}', asked),
    );
    expect(received[1]?.headers['if-match']).toBe('"0"');
    expect(error.current).toEqual({ closesOn: '2024-12-31' });
    expect(error.headers.get('etag')).toBe('"3"');
  });
});

describe('a file', () => {
  const path = { agency: 'BK-001', id: 'x' };
  const late: Behaviour = (response) => {
    setTimeout(() => json(200, {})(response), 2 * (quick.timeoutMs ?? 0));
  };

  it('may take longer than other answers', async () => {
    const { client, received } = await portalOf([late]);
    expect((await client.getSealImage(path)).status).toBe(200);
    expect(received).toHaveLength(1);
  });

  it('is not asked for again where it was under way', async () => {
    const { client, received } = await portalOf([breakOff]);
    const error = await failure(client.getSealImage(path));
    expect([error.name, received.length]).toEqual(['PortalUnreachable', 1]);
  });

  it('and every other call may be given a time of its own', async () => {
    const { client, received } = await portalOf([late]);
    await failure(client.getSealImage(path, {}, { timeoutMs: 20 }));
    const { status } = await client.listSeals({ agency: 'BK-001' }, {}, { timeoutMs: 5000 });
    expect([status, received.length]).toEqual([200, 2]);
  });
});

describe('the token', () => {
  it('may come from a function, which is asked once for every call', async () => {
    let asked = 0;
    const token = () => Promise.resolve(`t${(asked += 1)}`);
    const { client, received } = await portalOf([hangUp, made], { token });
    await client.post(books, { params, body });
    await client.post(books, { params, body });
    expect(received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer t1',
      'Bearer t1',
      'Bearer t2',
    ]);
  });

  it('that cannot be had fails the call, and nothing is sent', async () => {
    const token = () => Promise.reject(new Error('no token'));
    const { client, received } = await portalOf([made], { token });
    const error = await failure(client.post(books, { params, body }));
    expect([error.message, received.length]).toEqual(['no token', 0]);
  });

  it('is not carried after a redirect', async () => {
    const elsewhere: Behaviour = (response) =>
      response.writeHead(302, { location: '/other' }).end();
    const { client, received } = await portalOf([elsewhere, made]);
    const error = await failure<PortalProblem>(client.post(books, { params, body }));
    expect([error.code, received.length]).toEqual(['HTTP_302', 1]);
  });
});

it('an answer that is no problem details is a problem by its status', async () => {
  const { client } = await portalOf([(response) => response.writeHead(413).end('<html>')]);
  const error = await failure<PortalProblem>(client.post(books, { params, body }));
  expect([error.code, error.title, error.errors]).toEqual(['HTTP_413', 'Payload Too Large', []]);
});
