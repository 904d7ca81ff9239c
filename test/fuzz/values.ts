import fc, { type Arbitrary } from 'fast-check';
import type { Schema } from './document.ts';

/** What the run has seen of this kind stands here once the request is sent. */
export class Known {
  constructor(
    readonly kind: KnownKind,
    readonly pick: number,
  ) {}
}
export type KnownKind =
  'signature' | 'seal' | 'account' | 'dossier' | 'position' | 'etag' | 'cursor' | 'firstNumber';

export const known = (kind: KnownKind): Arbitrary<Known> =>
  fc.nat(1_000_000).map((pick) => new Known(kind, pick));

const people = ['Lê Thị Cúc', 'Nguyễn Văn An', 'Đặng Thị Ánh', 'Y Bliă Niê', 'Trần Thị Bình'];
const texts = fc.oneof(
  fc.constantFrom(...people),
  fc.constantFrom('Bằng tốt nghiệp đại học', 'Giấy khai sinh', 'Sổ hộ khẩu', 'Gia hạn', 'Ghi sai'),
  fc.string({ minLength: 1, maxLength: 30, unit: 'grapheme' }),
);
const days = fc.constantFrom(
  ...['2024-05-10', '2024-05-10', '2024-05-10', '2024-05-11', '2024-05-09', '2024-12-31'],
  ...['2024-01-01', '2023-12-31', '2022-06-01', '2025-01-01', '2020-02-29'],
);
const bookNames = fc
  .tuple(fc.integer({ min: 1, max: 120 }), fc.constantFrom('2024', '2024', '2024', '2023'))
  .map(([number, year]) => `${String(number).padStart(2, '0')}/${year}`);

/** What a field of this name would sensibly hold, where its type alone does not tell. */
const byName: Readonly<Record<string, Arbitrary<unknown>>> = {
  firstNumber: fc.oneof(known('firstNumber'), fc.constant(1)),
  openedOn: fc.constantFrom('2024-05-10', '2024-05-10', '2024-01-01', '2023-01-01'),
  closesOn: fc.constantFrom('2024-12-31', '2024-12-31', '2024-05-10', '2024-11-30', '2023-12-31'),
  certifiedOn: fc.constantFrom(
    '2024-05-10',
    '2024-05-10',
    '2024-05-10',
    '2024-05-09',
    '2024-05-11',
  ),
  decisionDate: fc.constantFrom('2024-05-10', '2024-05-10', '2024-05-09'),
  account: known('account'),
  code: fc.integer({ min: 1, max: 400 }).map((n) => `FZ-${n}`),
  successor: fc.integer({ min: 1, max: 400 }).map((n) => `FZ-${n}`),
  retiredOn: fc.constantFrom('2024-05-10', '2024-05-09'),
  dossier: fc.oneof(
    fc.integer({ min: 1, max: 4000 }).map((n) => `H03.24-${n}`),
    known('dossier'),
  ),
  documents: fc.integer({ min: 1, max: 3 }),
  receivedAt: fc.constantFrom('2024-05-10T08:00:00+07:00', '2024-05-09T16:00', '2024-05-10'),
  dueAt: fc.constantFrom(
    ...['2024-05-13T10:00', '2024-05-14T16:30:00+07:00', '2024-05-20T09:00', '2024-05-11T10:00'],
  ),
  document: fc.integer({ min: 1, max: 5 }),
  copies: fc.integer({ min: 1, max: 30 }),
  fee: fc.integer({ min: 0, max: 500_000 }),
  of: fc.constantFrom('2024', '2024-05', '2023', '2022-11'),
  pages: fc.integer({ min: 1, max: 300 }),
  after: known('cursor'),
  from: fc.constantFrom('2024-05-10', '2024-05-09T00:00:00+07:00', '2023-01-01T00:00:00Z'),
  to: fc.constantFrom('2024-05-11', '2024-05-10T23:00:00+07:00', '2030-01-01T00:00:00Z'),
  at: fc.constantFrom('2024-05-10', '2024-05-10T08:00:01+07:00', '2024-05-11T00:00:00Z'),
  revision: fc.nat(40),
  offset: fc.nat(30),
  older: fc.constantFrom(1, 2, 3),
  sort: fc.constantFrom(
    ...['name', '-name', 'firstNumber', 'openedOn', '-closesOn', 'number', '-number'],
    ...['requester', '-requester', 'code', '-signerFullName', 'registeredAt', 'fee'],
  ),
  search: fc.constantFrom('nguyen', 'Lê', 'le thi', '01/2024', '2024', 'dau', '%', 'H03'),
  'Idempotency-Key': fc.oneof(
    fc.integer({ min: 1, max: 60 }).map((n) => `key-${n}`),
    fc.uuid(),
    fc.uuid().map((uuid) => `"${uuid}"`),
  ),
  'If-Match': fc.oneof(known('etag'), fc.constant('*')),
  'Read-After': known('position'),
};

/** As JSON; what has no JSON is null there. */
export const jsonOf = (value: unknown): string =>
  JSON.stringify(value === undefined ? null : value);

/** As a part of a URL; half a character, which cannot be encoded, as the sign for one. */
export const encoded = (text: string): string =>
  encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));

export interface Place {
  readonly schemas: Readonly<Record<string, Schema>>;
  /** The field's name, which tells more than its type. */
  readonly name: string;
  /** The name of the thing the field belongs to, where an id alone does not tell: `signature`. */
  readonly owner: string;
}

/** What an entry without a signature cannot do without, and what it can: left out and put in more often. */
const mostly = ['certifierFullName', 'certifierTitle'];
const seldom = ['signature', 'seal'];

function ofObject(schema: Schema, place: Place): Arbitrary<unknown> {
  const required = schema.required ?? [];
  const fields = Object.entries(schema.properties ?? {}).filter(
    ([, one]) => one.format !== 'binary',
  );
  const all = fc.tuple(
    ...fields.map(([name, one]) => {
      const share =
        required.includes(name) || mostly.includes(name) ? 20 : seldom.includes(name) ? 3 : 8;
      const given = required.includes(name) ? fc.constant(true) : fc.nat(22).map((n) => n < share);
      return fc.tuple(fc.constant(name), valid(one, { ...place, name, owner: place.name }), given);
    }),
  );
  return all.map((list) => {
    const kept = list.filter(([, , given]) => given).map(([name, value]) => [name, value] as const);
    return Object.fromEntries(kept);
  });
}

const allows = (pattern: string | undefined, text: string): boolean =>
  pattern === undefined || new RegExp(pattern, 'u').test(text);

function ofText(
  { example, format, pattern, maxLength = 30, enum: choices }: Schema,
  { name, owner }: Place,
): Arbitrary<unknown> {
  if (choices) return fc.constantFrom(...choices);
  if (name === 'id' && (owner === 'signature' || owner === 'seal')) return known(owner);
  if (Object.hasOwn(byName, name) && byName[name]) return byName[name];
  if (format === 'date') return days;
  if (typeof example === 'string' && /^\d\d\/\d{4}$/.test(example)) return bookNames;
  const some = typeof example === 'string' ? fc.oneof(fc.constant(example), texts) : texts;
  const widest = 'đ'.repeat(maxLength);
  if (!allows(pattern, widest)) return some.filter((text) => allows(pattern, text));
  return fc
    .oneof({ weight: 20, arbitrary: some }, fc.constant(widest))
    .filter((text) => allows(pattern, text));
}

/** What the document allows here. */
export function valid(schema: Schema, place: Place): Arbitrary<unknown> {
  const { $ref, nullable, allOf } = schema;
  if (nullable === true) {
    return fc.oneof(
      { weight: 5, arbitrary: valid({ ...schema, nullable: false }, place) },
      fc.constant(null),
    );
  }
  const target = $ref ?? allOf?.[0]?.$ref;
  if (target !== undefined) {
    const found = place.schemas[target.replace('#/components/schemas/', '')];
    if (!found) throw new Error(`the document has no ${target}`);
    return valid(found, place);
  }
  switch (schema.type) {
    case 'object':
      return ofObject(schema, place);
    case 'array':
      return fc.array(valid(schema.items ?? {}, place), { maxLength: 4 });
    case 'boolean':
      return fc.boolean();
    case 'integer':
      if (Object.hasOwn(byName, place.name) && byName[place.name])
        return byName[place.name] ?? fc.nat();
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 3000 });
    case 'string':
      return ofText(schema, place);
    default:
      return hostile;
  }
}

const deep = (depth: number, list: boolean): unknown =>
  depth === 0 ? 1 : list ? [deep(depth - 1, list)] : { a: deep(depth - 1, list) };

export const hostileTexts: Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        '',
        ' ',
        '\t\n',
        '\u0000',
        'a\u0000b',
        '\u001b[31m',
        '\u200b',
        '\u202eABC',
        '\ufeff',
        '\uffff',
      ],
      ...[
        '\ud800',
        'x\udfff',
        '😀'.repeat(40),
        'e\u0301'.repeat(20),
        'Nguyễn Văn An'.normalize('NFD'),
      ],
      ...[
        '01/2024'.normalize('NFD'),
        '０１/2024',
        '01/2024-SCTĐT/BS',
        '01/2024-SCTÐT/BS',
        '1e3',
        '0x10',
      ],
      ...[
        '__proto__',
        'constructor',
        'toString',
        'hasOwnProperty',
        '$where',
        '{"$gt":""}',
        '[object Object]',
      ],
      ...[
        "'; DROP TABLE events; --",
        "' OR 1=1 --",
        '" OR ""="',
        '%',
        '_',
        '\\',
        '../../etc/passwd',
        '..',
      ],
      ...[
        '<script>alert(1)</script>',
        '{{7*7}}',
        '${7*7}',
        '%00',
        '%s%n',
        'null',
        'undefined',
        'NaN',
        'true',
      ],
      ...[
        '-0',
        '-1',
        '1.5',
        '1e400',
        '9007199254740993',
        '99999999999999999999',
        ' 1 ',
        '+1',
        '1,5',
        '٣',
      ],
      ...[
        '2024-02-30',
        '2024-5-1',
        '0000-00-00',
        '9999-12-31',
        '+010000-01-01',
        '-000001-01-01',
        '10/05/2024',
      ],
      ...[
        '2024-05-10T00:00:00Z',
        '2024-05-10T25:00:00Z',
        '2024-05-10T00:00:00+99:99',
        'hôm nay',
        'x'.repeat(129),
      ],
      ...[
        'x'.repeat(501),
        'đ'.repeat(2001),
        'y'.repeat(5000),
        '"',
        "'",
        '`',
        ';',
        '\r\nX-Injected: 1',
        '*',
        'W/"1"',
      ],
    ),
  },
  fc.string({ maxLength: 40 }),
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.string({ maxLength: 20, unit: 'grapheme' }),
  fc.string({ maxLength: 20 }).map((text) => text.normalize('NFD')),
);

/** What nobody should send. */
export const hostile: Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: hostileTexts },
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(
      ...[
        null,
        true,
        false,
        0,
        -0,
        -1,
        1.5,
        0.1,
        1e21,
        1e308,
        -1e308,
        5e-324,
        2 ** 31,
        2 ** 53,
        -(2 ** 53),
      ],
      ...[
        999_999_999,
        1_000_000_000,
        9_007_199_254_740_991,
        [],
        [[]],
        {},
        [null],
        [1, 2],
        ['01/2024'],
      ],
      ...[
        { $gt: '' },
        { $ne: null },
        { $where: '1' },
        { constructor: { prototype: {} } },
        { length: 1e9 },
      ],
      ...[
        { toString: 1 },
        { then: 1 },
        { a: { b: { c: {} } } },
        deep(15, true),
        deep(19, false),
        deep(30, true),
      ],
    ),
  },
  fc.jsonValue({ maxDepth: 3 }),
  fc.double(),
);

/** Valid but for one or two things: something missing, something wrong, something nobody asked for. */
export function nearly(good: Arbitrary<unknown>): Arbitrary<unknown> {
  const damage = fc.record({
    pick: fc.nat(1000),
    what: fc.constantFrom('drop', 'replace', 'replace', 'add', 'null'),
    value: hostile,
    name: fc.oneof(
      fc.constantFrom(
        'status',
        'number',
        'revision',
        '__proto__x',
        'agency',
        'a.b',
        'reason',
        'id',
        'image',
      ),
      hostileTexts,
    ),
  });
  return fc
    .tuple(good, fc.array(damage, { minLength: 1, maxLength: 2 }))
    .map(([value, damages]) => {
      if (value === null || typeof value !== 'object' || value instanceof Known)
        return damages[0]?.value;
      const fields = new Map(Object.entries(value));
      for (const { pick, what, value: other, name } of damages) {
        const names = [...fields.keys()];
        const field = names[pick % Math.max(1, names.length)] ?? name;
        if (what === 'drop') fields.delete(field);
        else if (what === 'add') fields.set(name, other);
        else fields.set(field, what === 'null' ? null : other);
      }
      // Not an assignment: `__proto__` has to become a field like any other.
      return Object.fromEntries(fields);
    });
}
