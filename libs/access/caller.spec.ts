import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canBeAgencyCode } from '#domain';
import { callerOf, isAgencyCode } from './caller.ts';

describe('an agency’s code', () => {
  it('is the same to who checks tokens and to who registers agencies', () => {
    const likely = fc.stringMatching(/^[A-Z0-9a-z.\- ]{0,34}$/);
    fc.assert(
      fc.property(fc.oneof(likely, fc.string()), (text) => {
        expect(isAgencyCode(text)).toBe(canBeAgencyCode(text));
      }),
      { numRuns: 500 },
    );
    expect([isAgencyCode('BK-001'), isAgencyCode('bk-001')]).toEqual([true, false]);
  });
});

describe('a name in a token', () => {
  const named = (name: unknown): string =>
    callerOf({ sub: 'binh', name, roles: [] }, { roles: 'roles', agency: 'agency' }).name;

  it.each([
    ['as it is', 'Trần Thị Bình', 'Trần Thị Bình'],
    ['in NFC', 'Trần Thị Bình'.normalize('NFD'), 'Trần Thị Bình'],
    ['on one line', 'Trần\n\tThị \u2028 Bình\u0000', 'Trần Thị Bình'],
    ['as it is written, not turned round', 'Trần\u202e Thị\u2066 Bình', 'Trần Thị Bình'],
    ['without what nobody sees', 'Trần\u200b Thị\ufeff Bi\u00ad\u0300nh', 'Trần Thị Bình'],
    ['up to 200 characters', 'Ầ'.normalize('NFD').repeat(200), 'Ầ'.repeat(200)],
  ])('is recorded %s', (_how, name, recorded) => expect(named(name)).toBe(recorded));

  it.each([undefined, '', ' \n', '\u200b', 7, null, {}])(
    'that says nothing is the account: %j',
    (name) => expect(named(name)).toBe('binh'),
  );

  it.each(['Trần \ud800Bình', 'Tr\ufffdn'])(
    'is refused where something of it was lost: %j',
    (name) => {
      expect(() => named(name)).toThrow(expect.objectContaining({ claim: 'name' }));
    },
  );

  it.each<unknown>(['svc', { sub: 7 }, { sub: 'dịch vụ' }, {}])(
    'is not alone where somebody acts for it who cannot be named: %j',
    (act) => {
      expect(() =>
        callerOf({ sub: 'binh', name: 'B', act }, { roles: 'roles', agency: 'agency' }),
      ).toThrow(expect.objectContaining({ claim: 'act.sub' }));
    },
  );

  it.each(['x'.repeat(201), 'x'.repeat(9009)])('is refused beyond 200 characters', (name) => {
    expect(() => named(name)).toThrow(expect.objectContaining({ claim: 'name' }));
  });

  it('is, whatever it was, on one line of visible text in NFC', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (text) => {
        const name = named(text);
        expect(name).toBe(name.normalize('NFC').trim());
        expect(name).not.toMatch(/[\p{Cf}\p{Cc}\p{Cs}]/u);
      }),
      { numRuns: 500 },
    );
  });
});
