import {
  applyChanges,
  shownTotals,
  type BookFields,
  type Changes,
  type EntryColumns,
} from '#domain';
import type { Doc } from '#read-store';
import { oneChange, type DocChange, type ProjectedEvent, type Projection } from '../projection.ts';
import { bookDocId } from './doc-ids.ts';
import { registerOf } from './register-event.ts';

/** Numbers of the document raised by so much. */
function add(before: Doc, deltas: Readonly<Record<string, number>>): Doc {
  const sums = Object.entries(deltas).map(([field, by]) => [field, Number(before[field]) + by]);
  return { ...before, ...(Object.fromEntries(sums) as Doc) };
}

const noFigures = {
  firstAssigned: null,
  lastAssigned: null,
  /** The last whose day is known: those behind it may be lost. */
  lastKnown: null,
  lastEntryOn: null,
  entries: 0,
  corrections: 0,
  voided: 0,
  revoked: 0,
  lost: 0,
  copies: 0,
  fees: 0,
};

/** What a correction does to the totals: copies and fee may have changed, and the last date. */
function correct(before: Doc, number: number, changes: Changes<EntryColumns>): Doc {
  const delta = (field: 'copies' | 'fee'): number =>
    (changes[field]?.to ?? 0) - (changes[field]?.from ?? 0);
  const after = add(before, { corrections: 1, copies: delta('copies'), fees: delta('fee') });
  const moved = before['lastKnown'] === number ? changes.certifiedOn : undefined;
  return moved ? { ...after, lastEntryOn: moved.to } : after;
}

/** A change of the book's document that also moves its revision. */
function step(bookId: string, projected: ProjectedEvent, change: (before: Doc) => Doc): DocChange {
  const { revision } = projected;
  const id = bookDocId(registerOf(projected), bookId);
  return { id, change: (before) => ({ ...change(before), revision }) };
}

/** What changes nothing of the book's own: its tag is its register's, and moves all the same. */
const seen = ({ bookId }: { readonly bookId: string }, projected: ProjectedEvent): DocChange =>
  step(bookId, projected, (before) => before);

const projectOne = oneChange({
  BookOpened: ({ reason, ...fields }, projected) => {
    const { actor, occurredAt } = projected.metadata;
    const opened = { openedBy: actor.name, openedAt: occurredAt, openReason: reason };
    const { revision } = projected;
    const register = registerOf(projected);
    const facts = { ...register, ...fields, ...opened, ...noFigures };
    const id = bookDocId(register, fields.bookId);
    return { id, create: { ...facts, state: 'open', revision } };
  },
  BookEdited: ({ bookId, changes }, projected) =>
    step(bookId, projected, (before) => {
      return applyChanges(before as unknown as BookFields, changes) as unknown as Doc;
    }),
  BookDiscarded: ({ bookId, reason }, projected) =>
    step(bookId, projected, (before) => ({
      ...before,
      state: 'discarded',
      discardReason: reason,
    })),
  BookClosed: ({ bookId, totals, seal, proposed, ...closing }, projected) =>
    step(bookId, projected, (before) => ({
      ...before,
      ...closing,
      seal: seal && { ...seal },
      state: 'closed',
      closingTotals: shownTotals(totals),
      ...(proposed && { proposedBy: proposed.name }),
      closedBy: projected.metadata.actor.name,
      closedAt: projected.metadata.occurredAt,
      closedRevision: projected.revision,
    })),
  EntryNumberAssigned: ({ bookId, number, copies, fee, certifiedOn }, projected) =>
    step(bookId, projected, (before) => ({
      ...add(before, { entries: 1, copies, fees: fee }),
      firstAssigned: before['firstAssigned'] ?? number,
      lastAssigned: number,
      lastKnown: number,
      lastEntryOn: certifiedOn,
    })),
  EntryCorrected: ({ bookId, number, changes }, projected) =>
    step(bookId, projected, (before) => correct(before, number, changes)),
  EntryNumberVoided: ({ bookId, copies, fee }, projected) =>
    step(bookId, projected, (before) => add(before, { voided: 1, copies: -copies, fees: -fee })),
  CertificationRevoked: ({ bookId }, projected) =>
    step(bookId, projected, (before) => add(before, { revoked: 1 })),
  RevocationPublished: seen,
  CopyStamped: seen,
  CopySigned: seen,
  ClosingProposed: seen,
  CorrectionProposed: seen,
  ProposalWithdrawn: seen,
  ProposalRefused: seen,
  ProposalLapsed: seen,
  NumbersLost: ({ bookId, from, to }, projected) =>
    step(bookId ?? '', projected, (before) => ({
      ...add(before, { lost: to - from + 1 }),
      firstAssigned: before['firstAssigned'] ?? from,
      lastAssigned: to,
    })),
});

/** One document a book: its fields, running totals, and how it ended. */
export const bookDetails: Projection = {
  name: 'book_details',
  version: 9,
  reads: ['register-'],
  indexes: [['agency', 'type', 'year']],
  searchable: [],
  project: (projected) => {
    const { event } = projected;
    // Numbers of a book that is lost too have no document.
    if (event.type === 'NumbersLost' && event.data.bookId === null) return [];
    return projectOne(projected);
  },
};
