import { applyChanges, nameOf, registerStream, type Counted, type RegisterKey } from '#domain';
import type { Doc, DocValue } from '#read-store';
import { oneChange, type DocChange, type ProjectedEvent, type Projection } from '../projection.ts';
import { registerOf } from './register-event.ts';

/** Numbers in one document: few enough to be written anew with each event, many enough to be summed fast. */
const NUMBERS = 100;

const idOf = (register: RegisterKey, number: number): string => {
  const part = Math.floor((number - 1) / NUMBERS);
  return nameOf(registerStream(register), String(part).padStart(8, '0'));
};

/** The rows of a document of figures, in the order of numbers. */
export const countedIn = (doc: Doc): readonly Counted[] =>
  doc['rows'] as unknown as readonly Counted[];

/** A change of one number's row. */
function row(
  projected: ProjectedEvent,
  number: number,
  change: (before: Counted | undefined) => Counted,
): DocChange {
  const register = registerOf(projected);
  return {
    id: idOf(register, number),
    initial: { ...register, rows: [] },
    change: (before) => {
      const rows = countedIn(before);
      const known = rows.find((one) => one.number === number);
      const after = change(known);
      // Numbers are given in their order: a new one is the last.
      const all = known ? rows.map((one) => (one === known ? after : one)) : [...rows, after];
      return { ...before, rows: all as unknown as DocValue };
    },
  };
}

function there(before: Counted | undefined): Counted {
  if (!before) throw new Error('an event is about a number no event has given');
  return before;
}

/**
 * What sums are made of, a hundred numbers a document: a correction may move a number to another
 * month or signer, so nothing is summed before it is asked for.
 */
export const figures: Projection = {
  name: 'figures',
  version: 1,
  reads: ['register-'],
  indexes: [['agency', 'year', 'type']],
  searchable: [],
  project: oneChange({
    EntryNumberAssigned: (data, projected) =>
      row(projected, data.number, () => ({
        number: data.number,
        bookId: data.bookId,
        certifiedOn: data.certifiedOn,
        certifierFullName: data.certifierFullName,
        certifierTitle: data.certifierTitle,
        copies: data.copies,
        fee: data.fee,
        proposedFee: data.proposedFee,
        state: 'assigned',
      })),
    EntryCorrected: ({ number, changes }, projected) =>
      row(projected, number, (before) => {
        const known = there(before);
        const own = Object.entries(changes).filter(([field]) => Object.hasOwn(known, field));
        return applyChanges(known, Object.fromEntries(own));
      }),
    EntryNumberVoided: ({ number }, projected) =>
      row(projected, number, (before) => ({ ...there(before), state: 'voided' })),
    CertificationRevoked: ({ number }, projected) =>
      row(projected, number, (before) => ({ ...there(before), state: 'revoked' })),
  }),
};
