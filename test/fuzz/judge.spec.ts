import { describe, expect, it } from '@jest/globals';
import { documentOf, type OpenApi } from './document.ts';
import { faultOf } from './judge.ts';
import type { Answer, Sent } from './send.ts';

/** A small API, to show that the run tells a good answer from every kind of bad one. */
const thing = { $ref: '#/components/schemas/Thing' };
const problem = { content: { 'application/problem+json': { schema: { type: 'object' } } } };
const api: OpenApi = {
  components: {
    schemas: {
      Thing: {
        type: 'object',
        properties: {
          size: { type: 'integer', minimum: 1 },
          note: { type: 'string', nullable: true },
        },
        required: ['size'],
      },
    },
  },
  paths: {
    '/v1/things': {
      post: {
        parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } }],
        requestBody: { content: { 'application/json': { schema: thing } } },
        responses: {
          '201': {
            content: { 'application/json': { schema: thing } },
            headers: { ETag: { required: true, schema: { type: 'string', pattern: '^"' } } },
          },
          '4XX': problem,
        },
      },
    },
    '/pages/{page}': {
      get: {
        parameters: [{ name: 'page', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          '200': { content: { 'text/html': { schema: { type: 'string' } } } },
          '404': { content: { ...problem.content, 'text/html': { schema: { type: 'string' } } } },
        },
      },
    },
  },
};
const document = documentOf(api);

function sent(body: unknown, path = '/v1/things'): Sent {
  const search = new URLSearchParams(path.split('?')[1]);
  return {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
    agency: '',
    query: [...search],
  };
}

const answer = (status: number, body: unknown, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: {
    'x-correlation-id': 'i1',
    'content-type': 'application/json',
    etag: '"0"',
    ...headers,
  },
  body: Buffer.from(JSON.stringify(body)),
});
const refusal = (status: number, change: object = {}): Answer =>
  answer(
    status,
    {
      status,
      code: 'SOME_CODE',
      title: 'Lỗi',
      detail: 'Vui lòng thử lại.',
      instance: 'i1',
      ...change,
    },
    { 'content-type': 'application/problem+json' },
  );

const good = { size: 1 };
const fault = (request: Sent, reply: Answer) => faultOf(document, request, reply);

describe('the judge', () => {
  it('lets pass what is as documented', () => {
    expect(fault(sent(good), answer(201, { size: 2, note: null }))).toBeUndefined();
    expect(fault(sent({ size: 0 }), refusal(422))).toBeUndefined();
    expect(fault(sent(good, '/v1/nothing'), refusal(404))).toBeUndefined();
    const written = sent(good, '/v1/things?limit=%201%20');
    expect(fault(written, refusal(422, { code: 'NUMBER_INVALID' }))).toBeUndefined();
    const together = { code: 'REQUIRED', field: 'image' };
    expect(fault(sent(good), refusal(422, together))).toBeUndefined();
  });

  it('lets who reads pages be refused by a page, and nobody else', () => {
    const page = answer(404, 'Không có', { 'content-type': 'text/html; charset=utf-8' });
    const asks = (path: string, Accept: string): Sent => ({
      ...sent({}, path),
      method: path === '/pages/1' ? 'GET' : 'POST',
      headers: { Accept },
      body: undefined,
    });
    expect(fault(asks('/pages/1', 'text/html'), page)).toBeUndefined();
    expect(fault(asks('/pages', 'text/html, */*;q=0.8'), page)).toBeUndefined();
    expect(fault(asks('/pages/1', 'application/json'), page)).toContain('a 404 of text/html');
    expect(fault(asks('/v1/things', 'text/html'), page)).toContain('a 404 of text/html');
  });

  it.each<[string, Sent, Answer, string]>([
    ['a failure', sent(good), refusal(500), 'answered 500'],
    ['a failure in a way the document knows', sent(good), refusal(503), 'answered 503'],
    ['a status nobody described', sent(good), answer(200, good), 'status 200 is not documented'],
    ['a field too many', sent(good), answer(201, { size: 1, extra: 1 }), 'additional properties'],
    ['a field missing', sent(good), answer(201, {}), 'required property'],
    ['another type', sent(good), answer(201, { size: '1' }), 'must be integer'],
    [
      'another media type',
      sent(good),
      answer(201, good, { 'content-type': 'text/html' }),
      'content type',
    ],
    ['a header missing', sent(good), answer(201, good, { etag: undefined }), 'no header ETag'],
    ['a header that is wrong', sent(good), answer(201, good, { etag: '0' }), 'header ETag'],
    [
      'no request id',
      sent(good),
      answer(201, good, { 'x-correlation-id': undefined }),
      'X-Correlation-Id',
    ],
    ['a refusal that is no problem', sent(good), answer(422, good), 'a 422 of application/json'],
    ['a refusal in English', sent(good), refusal(422, { detail: 'Bad input' }), 'not Vietnamese'],
    ['a refusal without a code', sent(good), refusal(422, { code: 'oops' }), 'code oops'],
    [
      'another status in the body',
      sent(good),
      refusal(422, { status: 400 }),
      'status 400 in the body',
    ],
    [
      'a trace in the text',
      sent(good),
      refusal(422, { detail: 'Lỗi at x (node_modules/y)' }),
      'leaks',
    ],
    ['a body let in', sent({ size: 0 }), answer(201, good), 'took a body'],
    ['a query let in', sent(good, '/v1/things?limit=0'), answer(201, good), 'took a query'],
    [
      'a repeated query let in',
      sent(good, '/v1/things?limit=1&limit=2'),
      answer(201, good),
      'repeated',
    ],
    [
      'a body kept out',
      sent(good),
      refusal(422, { code: 'UNKNOWN_FIELD' }),
      'refused a request the document allows',
    ],
    [
      'a field’s shape kept out, among others',
      sent(good),
      refusal(422, { code: 'VALIDATION', errors: [{ code: 'TOO_LONG', field: 'x', detail: 'đ' }] }),
      'refused a request the document allows as TOO_LONG',
    ],
    [
      'a query kept out',
      sent(good, '/v1/things?limit=2'),
      refusal(422, { code: 'NUMBER_INVALID', field: 'limit' }),
      'refused a request the document allows as NUMBER_INVALID',
    ],
    [
      'a route nobody described',
      sent(good, '/v1/secret'),
      answer(201, good),
      'outside the document',
    ],
    ['a 401 without a challenge', sent(good), refusal(401), 'without WWW-Authenticate'],
    ['a 405 without Allow', sent(good), refusal(405), 'without Allow'],
  ])('finds %s', (_what, request, reply, expected) => {
    expect(fault(request, reply)).toContain(expected);
  });
});
