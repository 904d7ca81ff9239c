import { ofDirectory } from './memory.ts';
import { gzipSync } from 'node:zlib';
import fc, { type Arbitrary } from 'fast-check';
import type { Document, Operation, Parameter, Schema } from './document.ts';
import { encoded, hostile, hostileTexts, jsonOf, nearly, valid, type Known } from './values.ts';

export type TokenKind =
  'all' | 'officer' | 'certifier' | 'clerk' | 'auditor' | 'operator' | BrokenToken;
export type BrokenToken =
  'none' | 'stranger' | 'expired' | 'forged' | 'unsigned' | 'garbage' | 'basic' | 'twice';

/** A body as it will be sent, but for what the run knows by then. */
export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown; readonly type?: string }
  | {
      readonly kind: 'raw';
      readonly bytes: Buffer;
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'form';
      readonly fields: readonly FormField[];
      readonly broken: BrokenForm | undefined;
    };
export interface FormField {
  readonly name: string;
  readonly value: unknown;
  /** By the name of a picture of the run. */
  readonly file?: number;
  readonly fileName?: string;
  readonly fileType?: string;
}
export type BrokenForm =
  'no-boundary' | 'other-boundary' | 'open-end' | 'no-names' | 'json-type' | 'cut';

export interface Shot {
  readonly operation: Operation;
  readonly method: string;
  /** Instead of the operation's own path. */
  readonly rawPath: string | undefined;
  /** Which of the things the run has seen; each path parameter of it may be overridden. */
  readonly pick: number;
  readonly override: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, unknown])[];
  readonly headers: readonly (readonly [string, string | Known])[];
  readonly token: TokenKind;
  readonly body: Body;
}

/** Once in so many. */
const rarely = <T>(times: number, arbitrary: Arbitrary<T>): Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** Tokens for a route, mostly of someone it is for: operators are not among `all`. */
const tokensFor = (operators: boolean): Arbitrary<TokenKind> =>
  fc.oneof(
    { weight: 60, arbitrary: fc.constant<TokenKind>(operators ? 'operator' : 'all') },
    {
      weight: 14,
      arbitrary: fc.constantFrom<TokenKind>('officer', 'certifier', 'clerk', 'auditor'),
    },
    { weight: 2, arbitrary: fc.constant<TokenKind>('operator') },
    {
      weight: 7,
      arbitrary: fc.constantFrom<TokenKind>(
        ...([
          'none',
          'stranger',
          'expired',
          'forged',
          'unsigned',
          'garbage',
          'basic',
          'twice',
        ] as const),
      ),
    },
  );

const pathTexts: Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...[
      '%',
      '%zz',
      '%00',
      '%ff',
      '%c0%af',
      '..%2f..',
      '.',
      '..%00',
      'SCTDT.BS-2024-',
      '0',
      '-1',
      '1e3',
      '007',
    ],
    ...[
      '999999999',
      '99999999999',
      'SCTDT.BS-2024-0000000000000000',
      'SCTDT.BS-1900-ffffffffffffffff',
      'BK-999',
    ],
    ...[
      'bk-001',
      '*',
      'next',
      'image',
      'history',
      'SCTDT.BS',
      'SCT.BS',
      '2024',
      '2999',
      '1899',
      '1900',
      '20240',
    ],
  ),
  hostileTexts.map((text) => encoded(text) || '%20'),
);

const wildPaths = fc.oneof(
  fc.constantFrom(
    ...[
      '/',
      '//',
      '/v1',
      '/v1/',
      '/v2/agencies',
      '/v1/agencies',
      '/v1//agencies/BK-001/books',
      '/docs/../v1',
    ],
    ...[
      '/v1/agencies/BK-001/books/',
      '/V1/AGENCIES/BK-001/BOOKS',
      '/v1/agencies/BK-001/books;x=1',
      '/favicon.ico',
    ],
    ...[
      '/health',
      '/health/LIVE',
      '/v1/agencies/BK-001/books?',
      '/v1/agencies/BK-001/books??',
      '/.env',
      '/%2e%2e/x',
    ],
    ...[
      '/v1/agencies/BK-001%2Fbooks',
      '/v1/agencies/%',
      '/v1/agencies/BK-001/books/%E0%A4%A',
      `/${'a/'.repeat(400)}`,
    ],
    ...[
      `/v1/agencies/BK-001/books/${'x'.repeat(4000)}`,
      '/v1/agencies/BK-001/books?a=%',
      '/constructor',
      '/__proto__',
    ],
  ),
  pathTexts.map((text) => `/v1/agencies/BK-001/${text}`),
  pathTexts.map((text) => `/v1/${text}`),
);

function queryOf(operation: Operation, { schemas }: Document): Arbitrary<Shot['query']> {
  const named = operation.parameters.filter((one) => one.in === 'query');
  const good = named.map(({ name, schema }) =>
    valid(schema, { schemas, name, owner: '' }).map((value) => [name, value] as const),
  );
  const names = [...named.map(({ name }) => name), 'unknown', 'limit', '__proto__', 'constructor'];
  const bad = fc.oneof(
    fc.tuple(fc.constantFrom(...names), hostileTexts),
    fc.tuple(
      fc.constantFrom(...names.map((name) => `${name}[$ne]`), ...names.map((name) => `${name}[]`)),
      hostileTexts,
    ),
    fc.tuple(hostileTexts, hostileTexts),
  );
  if (good.length === 0) {
    return fc.oneof({ weight: 25, arbitrary: fc.constant([]) }, fc.array(bad, { maxLength: 3 }));
  }
  const some = fc.uniqueArray(fc.oneof(...good), { maxLength: 3, selector: ([name]) => name });
  const one = fc.oneof(bad, fc.oneof(...good));
  return fc.oneof(
    { weight: 8, arbitrary: some },
    { weight: 2, arbitrary: fc.tuple(some, one).map(([list, more]) => [...list, more]) },
    { weight: 1, arbitrary: fc.array(bad, { maxLength: 3 }) },
  );
}

/** Texts a header can carry at all: what else there is, Node refuses to send. */
const headerTexts = fc.oneof(
  hostileTexts.map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '')),
  fc.constantFrom(
    'é'.repeat(300),
    'x'.repeat(3000),
    '"',
    '""',
    '"1',
    'W/"1"',
    '"-1"',
    '"1", "2"',
    '*, "1"',
  ),
  fc.constantFrom(
    '"999999999999999"',
    '"0"',
    '00000000',
    '9999999999999999',
    '0000000000000001',
    'zz_zz',
  ),
);
const oddHeaders = fc.oneof(
  fc.tuple(
    fc.constantFrom('Accept', 'Accept-Language', 'Accept-Encoding', 'Origin', 'Referer', 'Cookie'),
    headerTexts,
  ),
  fc.tuple(
    fc.constantFrom(
      'X-Correlation-Id',
      'X-Forwarded-For',
      'X-HTTP-Method-Override',
      'If-None-Match',
    ),
    headerTexts,
  ),
  fc.constantFrom<readonly [string, string]>(
    ...([
      ['X-HTTP-Method-Override', 'DELETE'],
      ['Range', 'bytes=0-1'],
      ['If-None-Match', '*'],
    ] as const),
    ...([
      ['X-Forwarded-Host', 'evil.example'],
      ['Expect', 'a-miracle'],
      ['X-Long', 'x'.repeat(20_000)],
      ['Connection', 'close'],
      ['Accept', 'text/html'],
    ] as const),
    ...([
      ['If-Modified-Since', 'x'],
      ['Content-Encoding', 'gzip'],
      ['Content-Encoding', 'klingon'],
    ] as const),
  ),
);

function headersOf({ parameters }: Operation, { schemas }: Document): Arbitrary<Shot['headers']> {
  const named = parameters.filter((one) => one.in === 'header');
  const good = named.map(({ name, schema }) =>
    valid(schema, { schemas, name, owner: '' }).map(
      (value) => [name, value as Known | string] as const,
    ),
  );
  const bad = named.map(({ name }) => fc.tuple(fc.constant(name), headerTexts));
  return fc
    .tuple(fc.tuple(...good.map((one) => rarely(3, one))), rarely(12, fc.oneof(oddHeaders, ...bad)))
    .map(([list, odd]) => [...list, odd].filter((one) => one !== undefined));
}

const jsonType = { 'content-type': 'application/json' };
const raw = (
  text: string | Buffer,
  headers: Readonly<Record<string, string>> = jsonType,
): Body => ({
  kind: 'raw',
  bytes: Buffer.from(text),
  headers,
});
const rawBodies: Arbitrary<Body> = fc.oneof(
  fc.constantFrom<Body>(
    ...[
      '',
      ' ',
      '{',
      '{"a":',
      'nul',
      '"text"',
      '[]',
      'null',
      '1',
      '{}',
      '{"a":1,}',
      '{/**/}',
      '\ufeff{}',
      '{"a":1e400}',
    ].map((text) => raw(text)),
    ...[
      '{"reason":"a","reason":"b"}',
      '{"__proto__":{"admin":true}}',
      '{"constructor":{"prototype":{}}}',
    ].map((text) => raw(text)),
    raw(`${'['.repeat(3000)}${']'.repeat(3000)}`),
    raw(JSON.stringify({ reason: 'x'.repeat(200_000) })),
    raw(Buffer.from('{"reason":"á"}', 'utf16le'), {
      'content-type': 'application/json; charset=utf-16le',
    }),
    raw(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
    raw('{}', { 'content-type': 'application/json; charset=klingon' }),
    raw('{}', { 'content-type': 'application/json;;;=' }),
    raw('{}', { 'content-type': 'APPLICATION/JSON' }),
    raw('{}', { 'content-type': 'application/problem+json' }),
    raw('{}', { 'content-type': '' }),
    raw('name=x&reason[$gt]=', { 'content-type': 'application/x-www-form-urlencoded' }),
    raw('<x/>', { 'content-type': 'application/xml' }),
    raw('{}', { 'content-type': 'text/plain' }),
    raw('not gzip', { ...jsonType, 'content-encoding': 'gzip' }),
    raw(gzipSync('{"reason":"x"}'), { ...jsonType, 'content-encoding': 'gzip' }),
    raw(gzipSync(`{"reason":"${'x'.repeat(3_000_000)}"}`), {
      ...jsonType,
      'content-encoding': 'gzip',
    }),
    raw('{}', { ...jsonType, 'content-encoding': 'compress, gzip' }),
  ),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => raw(Buffer.from(bytes))),
  hostile.map((value) => raw(jsonOf(value))),
);

/** How many pictures the run has: good ones first. See `pictures.ts`. */
export interface Pictures {
  readonly good: number;
  readonly all: number;
}

/** The field of a form that takes its file. */
function fileFieldOf(form: Schema, { schemas }: Document): string {
  const named = form.$ref?.replace('#/components/schemas/', '') ?? '';
  const { properties = {} } = schemas[named] ?? form;
  return Object.entries(properties).find(([, one]) => one.format === 'binary')?.[0] ?? 'image';
}

function formOf(operation: Operation, document: Document, pictures: Pictures): Arbitrary<Body> {
  if (!operation.form) return fc.constant({ kind: 'none' });
  const own = fileFieldOf(operation.form, document);
  const good = valid(operation.form, { schemas: document.schemas, name: '', owner: '' });
  const file = fc.oneof(
    { weight: 3, arbitrary: fc.nat(pictures.good - 1) },
    { weight: 2, arbitrary: fc.nat(pictures.all - 1) },
  );
  const image = fc.record({
    name: fc.oneof(
      { weight: 6, arbitrary: fc.constant(own) },
      { weight: 3, arbitrary: fc.constantFrom('image', 'file', '__proto__', `${own}[]`) },
    ),
    value: fc.constant(''),
    file,
    fileName: fc.oneof(
      fc.constantFrom('anh.png', 'con-dau.jpg', 'chữ ký.webp', '../../x.png', ''),
      hostileTexts,
    ),
    fileType: fc.constantFrom(
      'image/png',
      'image/jpeg',
      'application/pdf',
      'application/octet-stream',
      'text/html',
      '',
    ),
  });
  const images = fc.oneof(
    { weight: 12, arbitrary: image.map((one) => [one]) },
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.tuple(image, image) },
  );
  const asText = fc.constant([{ name: own, value: 'no file' }]);
  const broken = rarely(
    10,
    fc.constantFrom<BrokenForm>(
      ...(['no-boundary', 'other-boundary', 'open-end', 'no-names', 'json-type', 'cut'] as const),
    ),
  );
  const fields = fc
    .oneof({ weight: 4, arbitrary: good }, { weight: 2, arbitrary: nearly(good) })
    .map((value): FormField[] =>
      value !== null && typeof value === 'object'
        ? Object.entries(value).map(([name, one]) => ({ name, value: one as unknown }))
        : [{ name: 'name', value }],
    );
  return fc
    .tuple(fields, fc.oneof({ weight: 20, arbitrary: images }, asText), broken)
    .map(([list, files, damage]) => ({
      kind: 'form',
      fields: [...list, ...files],
      broken: damage,
    }));
}

function bodyOf(operation: Operation, document: Document, pictures: Pictures): Arbitrary<Body> {
  const { json, form } = operation;
  const json_ = (value: unknown): Body => ({ kind: 'json', value });
  if (form) {
    return fc.oneof(
      { weight: 16, arbitrary: formOf(operation, document, pictures) },
      { weight: 1, arbitrary: hostile.map(json_) },
      { weight: 1, arbitrary: rawBodies },
    );
  }
  if (!json) {
    return fc.oneof({ weight: 20, arbitrary: fc.constant<Body>({ kind: 'none' }) }, rawBodies);
  }
  const good = valid(json, { schemas: document.schemas, name: '', owner: '' });
  return fc.oneof(
    { weight: 55, arbitrary: good.map(json_) },
    { weight: 30, arbitrary: nearly(good).map(json_) },
    { weight: 4, arbitrary: hostile.map(json_) },
    { weight: 8, arbitrary: rawBodies },
    { weight: 1, arbitrary: fc.constant<Body>({ kind: 'none' }) },
    {
      weight: 2,
      arbitrary: good.map((value): Body => ({
        kind: 'form',
        fields: Object.entries(value as object).map(([name, one]) => ({
          name,
          value: one as unknown,
        })),
        broken: undefined,
      })),
    },
  );
}

const otherMethods = fc.constantFrom(
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'PROPFIND',
  'QUERY',
);

function overrides(parameters: readonly Parameter[]): Arbitrary<Readonly<Record<string, string>>> {
  const names = parameters.filter((one) => one.in === 'path').map(({ name }) => name);
  if (names.length === 0) return fc.constant({});
  const bad = fc
    .tuple(fc.constantFrom(...names), pathTexts)
    .map(([name, text]) => ({ [name]: text }));
  return fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: bad });
}

/** Requests of one operation. */
export function shotsOf(
  operation: Operation,
  document: Document,
  pictures: Pictures,
): Arbitrary<Shot> {
  return fc.record({
    operation: fc.constant(operation),
    method: fc.oneof({ weight: 30, arbitrary: fc.constant(operation.method) }, otherMethods),
    rawPath: rarely(30, wildPaths),
    pick: fc.nat(1_000_000),
    override: overrides(operation.parameters),
    query: queryOf(operation, document),
    headers: headersOf(operation, document),
    token: tokensFor(forOperators(operation)),
    body: bodyOf(operation, document, pictures),
  });
}

const forOperators = ({ method, path }: Operation): boolean =>
  path === '/v1/projections' || (method !== 'GET' && ofDirectory(path));

/** How often an operation is drawn: numbers are what this service is about, pictures are slow. */
function weightOf({ method, path, form }: Operation): number {
  if (path.startsWith('/health')) return 1;
  if (form) return method === 'POST' ? 4 : 3;
  if (path.endsWith('/image')) return 2;
  if (path.endsWith('{id}/revoke')) return 1;
  if (method === 'POST' && path.endsWith('/entries')) return 25;
  if (method === 'POST' && /\/(close|discard)$/.test(path)) return 1;
  return method === 'GET' ? 4 : 5;
}

/** Requests over the whole document. */
export const shots = (document: Document, pictures: Pictures): Arbitrary<Shot> =>
  fc.noBias(
    fc.oneof(
      ...document.operations.map((operation) => ({
        weight: weightOf(operation),
        arbitrary: shotsOf(operation, document, pictures),
      })),
    ),
  );
