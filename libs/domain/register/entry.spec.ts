import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignedEntry, type AssignedData } from './entry.ts';
import { authorities } from './events.ts';

/** Few values, so that two rows often have some in common. */
const text = fc.constantFrom('', 'một', 'hai');
const number = fc.integer({ min: 1, max: 3 });
const image = { id: text, version: number, sha256: text };

const data: fc.Arbitrary<AssignedData> = fc.record({
  bookId: text,
  bookName: text,
  number,
  numberText: text,
  numberFormat: number,
  dossier: text,
  document: number,
  certifiedOn: text,
  requester: text,
  documentTitle: text,
  certifierFullName: text,
  certifierTitle: text,
  authority: fc.constantFrom(null, ...authorities),
  copies: number,
  fee: number,
  pages: fc.option(number),
  proposedFee: fc.option(number),
  note: text,
  signature: fc.option(fc.record({ ...image, account: text })),
  seal: fc.option(fc.record(image)),
  verificationCode: fc.option(text),
  mandate: fc.option(fc.record({ id: text, mandateNumber: text, revision: number })),
});

describe('a row just assigned', () => {
  it('says what its event says, whatever it shares with the row before', () => {
    fc.assert(
      fc.property(data, data, (first, second) => {
        const entry = assignedEntry(second, assignedEntry(first, undefined));
        expect(entry).toEqual({ ...second, corrections: 0, state: 'assigned' });
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps one of two equal images', () => {
    fc.assert(
      fc.property(data, (first) => {
        const before = assignedEntry(first, undefined);
        const copy = JSON.parse(JSON.stringify(first)) as AssignedData;
        const after = assignedEntry(copy, before);
        expect(after.signature).toBe(before.signature);
        expect(after.seal).toBe(before.seal);
        expect(after.mandate).toBe(before.mandate);
      }),
    );
  });
});
