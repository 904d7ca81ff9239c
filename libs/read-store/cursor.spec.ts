import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { InvalidCursor } from './port.ts';

const sort = [
  { field: 'name', descending: false },
  { field: 'n', descending: true },
];

describe('cursor', () => {
  it('comes back as the place it was made for', () => {
    const scalar = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
      fc.boolean(),
      fc.constant(null),
    );
    fc.assert(
      fc.property(scalar, scalar, fc.string({ unit: 'grapheme' }), (name, n, id) => {
        const cursor = encodeCursor(sort, { id, position: '1', doc: { name, n, other: 1 } });
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor(sort, cursor)).toEqual({ values: [name, n], id });
      }),
    );
  });

  it('takes a missing field for null', () => {
    const cursor = encodeCursor(sort, { id: 'x', position: '1', doc: {} });
    expect(decodeCursor(sort, cursor)).toEqual({ values: [null, null], id: 'x' });
  });

  it('is none for any other sort', () => {
    const cursor = encodeCursor(sort, { id: 'x', position: '1', doc: {} });
    const others = [
      [],
      sort.slice(0, 1),
      [...sort].reverse(),
      sort.map((key) => ({ ...key, descending: true })),
    ];
    for (const other of others) expect(() => decodeCursor(other, cursor)).toThrow(InvalidCursor);
  });

  it('is none of any text that was not made here', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json()), (text) => {
        expect(() => decodeCursor(sort, text)).toThrow(InvalidCursor);
        const encoded = Buffer.from(text).toString('base64url');
        expect(() => decodeCursor(sort, encoded)).toThrow(InvalidCursor);
      }),
    );
  });

  it.each([
    ['an operator for a value', [{ $gt: '' }, 1], 'x'],
    ['a value too few', ['a'], 'x'],
    ['an id that is no text', ['a', 1], { $ne: 1 }],
  ])('is none with %s', (_, values, id) => {
    const forged = Buffer.from(JSON.stringify(['+name-n', values, id])).toString('base64url');
    expect(() => decodeCursor(sort, forged)).toThrow(InvalidCursor);
  });

  it('cannot be made of what is no scalar', () => {
    const last = { id: 'x', position: '1', doc: { name: ['a'] } };
    expect(() => encodeCursor(sort, last)).toThrow(TypeError);
  });
});
