import fc from 'fast-check';
import type { Condition, Doc, DocValue, Query, Scalar, StoredDoc } from '#read-store';
import { stored } from './context.ts';
import type { Order } from './model.ts';

/** Arbitrary documents and queries, and hostile ones. */

const PIECES = [
  'a',
  'B',
  'b',
  'đ',
  'Đ',
  'Ổ',
  'ổ',
  '1',
  '10',
  ' ',
  '%',
  '_',
  '.',
  '*',
  '$gt',
  "'",
  '"',
  '\\',
  '😀',
];
const text = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 4 })
  .map((pieces) => pieces.join(''));
const number = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0.5, -1.25, 2_147_483_648, -9_007_199_254_740_991, 1e21, 5e-324),
);
const mixed: fc.Arbitrary<Scalar> = fc.oneof(fc.constant(null), number, text);
const flag: fc.Arbitrary<Scalar> = fc.constantFrom(null, true, false);

/** `a` holds null, numbers and texts; `b` repeats much; `c` is a flag; each may be missing. */
const fields: fc.Arbitrary<Doc> = fc.record(
  { a: mixed, b: fc.integer({ min: 0, max: 2 }), c: flag },
  { requiredKeys: [] },
);

export const documents: fc.Arbitrary<StoredDoc[]> = fc
  .uniqueArray(
    fc.tuple(
      text.filter((id) => id !== ''),
      fields,
    ),
    {
      maxLength: 25,
      selector: ([id]) => id,
    },
  )
  .map((pairs) => pairs.map(([id, doc]) => stored(id, doc)));

export const order: fc.Arbitrary<Order> = fc.uniqueArray(
  fc.record({ field: fc.constantFrom('a', 'b', 'c'), descending: fc.boolean() }),
  {
    maxLength: 3,
    selector: ({ field }) => field,
  },
);

const conditionOn = (value: fc.Arbitrary<Scalar>): fc.Arbitrary<Condition> =>
  fc.oneof(
    value,
    fc.record(
      {
        gt: value,
        gte: value,
        lt: value,
        lte: value,
        ne: value,
        in: fc.array(text, { maxLength: 3 }),
      },
      { requiredKeys: [] },
    ) as fc.Arbitrary<Condition>,
  );

export const filter = fc.record(
  { a: conditionOn(mixed), b: conditionOn(number), c: conditionOn(flag) },
  { requiredKeys: [] },
) as fc.Arbitrary<NonNullable<Query['filter']>>;

/** Plain JSON of any shape but an array directly within an array. */
export const json: fc.Arbitrary<DocValue> = fc.letrec<{ value: DocValue; object: DocValue }>(
  (tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      mixed,
      flag,
      fc.array(fc.oneof(mixed, tie('object')), { maxLength: 4 }),
      tie('object'),
    ),
    object: fc.dictionary(fc.stringMatching(/^[a-zĐđ][A-Za-z0-9 -]{0,8}$/), tie('value'), {
      maxKeys: 4,
    }),
  }),
).value;

/** Values that would mean something else to a careless store. */
export const HOSTILE = [
  "' OR 1=1 --",
  '"; DROP TABLE control; --',
  '{"$gt":""}',
  '$gt',
  '$where',
  '[object Object]',
  '%',
  '_',
  '.*',
  '^.',
  '(?i)a|b',
  '\\',
  '?',
  'null',
  'true',
  '1',
  '',
  'Sổ số 1',
  'So so 1',
  '😀 \u200b\u2028',
  'e\u0301',
  'é',
];
