import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeCursor } from '../cursor.ts';
import { planQuery } from '../plan.ts';
import type { Query } from '../port.ts';
import { filterOf, literally, sortOf, stretchesOf } from './filter.ts';

const OPERATORS = '$and $or $eq $ne $gt $gte $lt $lte $regex'.split(' ');

/** Every key of every object within. */
function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner)]);
}

const hostile = fc.oneof(
  fc.constantFrom('$where', '$gt', '{"$ne":null}', '.*', '__proto__', 'constructor', ''),
  fc.string({ unit: 'grapheme' }),
);

describe('MongoDB filter', () => {
  it('is made of its own operators and the fields asked for, whatever the values are', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (a, b, search) => {
        const sort = [{ field: 'a', descending: true }, { field: 'b' }];
        const keys = sort.map(({ field, descending = false }) => ({ field, descending }));
        const after = encodeCursor(keys, { id: a, position: '1', doc: { a, b } });
        const filter = { a, b, c: { gte: a, lt: b, ne: a } };
        const plan = planQuery({ filter, search, sort, limit: 1, after });
        const allowed = [...OPERATORS, 'a', 'b', 'c', '_id', '_words'];
        for (const stretch of stretchesOf(plan)) {
          const strange = keysOf(filterOf(plan, stretch)).filter((key) => !allowed.includes(key));
          expect(strange).toEqual([]);
        }
      }),
    );
  });

  it('searches for the text itself', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, around) => {
        const pattern = new RegExp(literally(text));
        expect(pattern.test(around + text + around)).toBe(true);
        expect(pattern.test(around)).toBe(around.includes(text));
      }),
    );
  });

  it('puts every value behind an operator, and types further on beside a place in the sort', () => {
    const query: Query = { filter: { agency: 'x', at: { gte: '2024', lt: null } }, limit: 1 };
    expect(planQuery(query).impossible).toBe(true);
    const sort = [{ field: 'n', descending: false }];
    const after = encodeCursor(sort, { id: 'i', position: '1', doc: { n: 5 } });
    const plan = planQuery({ filter: { agency: 'x' }, sort: [{ field: 'n' }], after, limit: 1 });
    const stretches = stretchesOf(plan);
    expect(stretches).toEqual([
      { $and: [{ n: { $eq: 5 } }, { _id: { $gt: 'i' } }] },
      { $and: [{ n: { $gt: 5 } }] },
      { $and: [{ n: { $gte: '' } }] },
      { $and: [{ n: { $gte: false } }] },
    ]);
    expect(filterOf(plan, stretches[1])).toEqual({
      $and: [{ agency: { $eq: 'x' } }, { $and: [{ n: { $gt: 5 } }] }],
    });
    expect(sortOf(plan.sort)).toEqual([
      ['n', 1],
      ['_id', 1],
    ]);
  });
});
