import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agencyStream } from './agency/agency.ts';
import { dossierOf, dossierStream } from './dossier/dossier.ts';
import { imagesStream } from './images/images.ts';
import { mandatesStream } from './mandate/mandate.ts';
import { nameOf, partsOf } from './names.ts';
import { documentKey } from './register/register.ts';
import { registerKeyOf, registerStream } from './register/types.ts';
import { sealStream } from './seal/seal.ts';
import { signatureStream } from './signature/signature.ts';

/** Texts that are made to be mistaken for others: full of what names are joined and escaped with. */
const hostile = fc.oneof(
  fc.string({ unit: fc.constantFrom('-', '/', '%', '2', 'F', '5', 'D', ' ', 'a', '.') }),
  fc.string(),
);
const year = fc.integer({ min: 1900, max: 2999 });
const register = fc.record({ agency: hostile, type: hostile, year });

type Kind = readonly [string, fc.Arbitrary<readonly unknown[]>, (...parts: never[]) => string];

const kinds: readonly Kind[] = [
  ['a name of parts', fc.array(hostile, { minLength: 1, maxLength: 4 }), nameOf],
  ['a signature stream', fc.tuple(hostile, hostile), signatureStream],
  ['a register stream', fc.tuple(register), registerStream],
  ['a seal stream', fc.tuple(hostile), sealStream],
  ['a stream of mandates', fc.tuple(hostile), mandatesStream],
  [
    'a stream of a dossier',
    fc.tuple(fc.record({ agency: hostile, dossier: hostile })),
    dossierStream,
  ],
  ['an agency stream', fc.tuple(hostile), agencyStream],
  ['a stream of pictures kept', fc.tuple(hostile), imagesStream],
  ['a document’s key', fc.tuple(hostile, fc.nat()), documentKey],
];

describe('different parts make different names', () => {
  it.each(kinds)('for %s', (_kind, parts, name) => {
    const named = name as (...given: readonly unknown[]) => string;
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(named(...one) === named(...other)).toBe(same);
      }),
      { numRuns: 2000 },
    );
  });

  it('and no name of one kind is a name of another', () => {
    fc.assert(
      fc.property(hostile, hostile, register, (one, other, key) => {
        const names = [
          signatureStream(one, other),
          registerStream(key),
          sealStream(one),
          mandatesStream(one),
          dossierStream({ agency: one, dossier: other }),
          agencyStream(one),
          imagesStream(one),
        ];
        expect(new Set(names.map((name) => name.split('-')[0])).size).toBe(names.length);
      }),
    );
  });

  it('and give their parts back', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1 }), register, (parts, key) => {
        expect(partsOf(nameOf(...parts))).toEqual(parts);
        expect(registerKeyOf(registerStream(key))).toEqual(key);
        const [agency = '', dossier = ''] = parts;
        expect(dossierOf(dossierStream({ agency, dossier }))).toEqual({ agency, dossier });
      }),
    );
  });

  it('the two that were one: BK with account 001-nguyen.an, BK-001 with nguyen.an', () => {
    expect(signatureStream('BK', '001-nguyen.an')).not.toBe(signatureStream('BK-001', 'nguyen.an'));
  });
});
