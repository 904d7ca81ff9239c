import { applyChanges } from '../checks.ts';
import { emptyMap, type PersistentMap } from '../persistent-map.ts';
import { assignedEntry, type AssignedData, type Entry } from './entry.ts';
import type { Authority, BookFields, BookTotals, RegisterEvent } from './events.ts';

interface BookFacts extends BookFields {
  readonly bookId: string;
  readonly totals: BookTotals;
  /** Certification date of the last number. */
  readonly lastEntryOn: string | null;
}

export type Book = BookFacts &
  (
    | { readonly state: 'open' }
    | {
        readonly state: 'closed';
        readonly closedOn: string;
        readonly confirmedByFullName: string;
        readonly confirmedByTitle: string;
        readonly confirmedByAuthority: Authority | null;
      }
    | { readonly state: 'discarded'; readonly discardReason: string }
  );

export interface RegisterState {
  /** In the order of opening, discarded ones included. */
  readonly books: readonly Book[];
  readonly entries: PersistentMap<number, Entry>;
  /** Number of each document that has one; a voided number is no longer the document's. */
  readonly documents: PersistentMap<string, number>;
  readonly lastNumber: number | null;
  readonly lastEntryOn: string | null;
}

export const emptyRegister: RegisterState = {
  books: [],
  entries: emptyMap(),
  documents: emptyMap(),
  lastNumber: null,
  lastEntryOn: null,
};

const noTotals: BookTotals = {
  firstNumber: null,
  lastNumber: null,
  entries: 0,
  voided: 0,
  revoked: 0,
  copies: 0,
  fees: 0,
};

/** Key of a document in `documents`. */
export const documentKey = (dossier: string, document: number): string => `${document} ${dossier}`;

export const bookOf = (state: RegisterState, bookId: string): Book | undefined =>
  state.books.find((book) => book.bookId === bookId);

function withBook(
  state: RegisterState,
  bookId: string,
  change: (book: Book) => Book,
): readonly Book[] {
  return state.books.map((book) => (book.bookId === bookId ? change(book) : book));
}

function withTotals(book: Book, change: (totals: BookTotals) => Partial<BookTotals>): Book {
  return { ...book, totals: { ...book.totals, ...change(book.totals) } };
}

function assigned(state: RegisterState, data: AssignedData): RegisterState {
  const entry = assignedEntry(data, state.entries.get(state.lastNumber ?? 0));
  const count = (totals: BookTotals): Partial<BookTotals> => ({
    firstNumber: totals.firstNumber ?? data.number,
    lastNumber: data.number,
    entries: totals.entries + 1,
    copies: totals.copies + data.copies,
    fees: totals.fees + data.fee,
  });
  return {
    books: withBook(state, data.bookId, (book) => ({
      ...book,
      totals: { ...book.totals, ...count(book.totals) },
      lastEntryOn: data.certifiedOn,
    })),
    entries: state.entries.with(data.number, entry),
    documents: state.documents.with(documentKey(data.dossier, data.document), data.number),
    lastNumber: data.number,
    lastEntryOn: data.certifiedOn,
  };
}

function corrected(
  state: RegisterState,
  data: Extract<RegisterEvent, { type: 'EntryCorrected' }>['data'],
): RegisterState {
  const before = entryOf(state, data.number);
  const after = applyChanges(before, data.changes) as Entry;
  const isLast = data.number === state.lastNumber;
  const lastEntryOn = isLast ? after.certifiedOn : state.lastEntryOn;
  const recount = (totals: BookTotals): Partial<BookTotals> => ({
    copies: totals.copies + after.copies - before.copies,
    fees: totals.fees + after.fee - before.fee,
  });
  return {
    ...state,
    books: withBook(state, data.bookId, (book) => ({
      ...withTotals(book, recount),
      lastEntryOn: book.totals.lastNumber === data.number ? after.certifiedOn : book.lastEntryOn,
    })),
    entries: state.entries.with(data.number, { ...after, corrections: before.corrections + 1 }),
    lastEntryOn,
  };
}

/** @throws Error when the log names an entry it never assigned: the log is damaged. */
function entryOf(state: RegisterState, number: number): Entry {
  const entry = state.entries.get(number);
  if (!entry) throw new Error(`entry ${number} was never assigned`);
  return entry;
}

/** The register after an event. Never refuses, validates or reads a clock. */
export function evolveRegister(state: RegisterState, event: RegisterEvent): RegisterState {
  switch (event.type) {
    case 'BookOpened': {
      const { reason: _reason, ...fields } = event.data;
      const book: Book = { ...fields, totals: noTotals, lastEntryOn: null, state: 'open' };
      return { ...state, books: [...state.books, book] };
    }
    case 'BookEdited': {
      const { bookId, changes } = event.data;
      return {
        ...state,
        books: withBook(state, bookId, (book) => applyChanges<Book>(book, changes)),
      };
    }
    case 'BookDiscarded': {
      const { bookId, reason } = event.data;
      const discard = (book: Book): Book => ({
        ...book,
        state: 'discarded',
        discardReason: reason,
      });
      return { ...state, books: withBook(state, bookId, discard) };
    }
    case 'BookClosed': {
      const { bookId, totals: _totals, ...closing } = event.data;
      const close = (book: Book): Book => ({ ...book, ...closing, state: 'closed' });
      return { ...state, books: withBook(state, bookId, close) };
    }
    case 'EntryNumberAssigned':
      return assigned(state, event.data);
    case 'EntryCorrected':
      return corrected(state, event.data);
    case 'EntryNumberVoided':
      return voided(state, event.data);
    case 'CertificationRevoked':
      return revoked(state, event.data);
    default:
      return event satisfies never;
  }
}

function voided(
  state: RegisterState,
  data: Extract<RegisterEvent, { type: 'EntryNumberVoided' }>['data'],
): RegisterState {
  const entry: Entry = { ...entryOf(state, data.number), state: 'voided', voidReason: data.reason };
  const recount = (totals: BookTotals): Partial<BookTotals> => ({
    voided: totals.voided + 1,
    copies: totals.copies - data.copies,
    fees: totals.fees - data.fee,
  });
  return {
    ...state,
    books: withBook(state, data.bookId, (book) => withTotals(book, recount)),
    entries: state.entries.with(data.number, entry),
  };
}

function revoked(
  state: RegisterState,
  data: Extract<RegisterEvent, { type: 'CertificationRevoked' }>['data'],
): RegisterState {
  const entry: Entry = {
    ...entryOf(state, data.number),
    state: 'revoked',
    decisionNumber: data.decisionNumber,
    decisionDate: data.decisionDate,
    revokeReason: data.reason,
  };
  return {
    ...state,
    books: withBook(state, data.bookId, (book) =>
      withTotals(book, (totals) => ({ revoked: totals.revoked + 1 })),
    ),
    entries: state.entries.with(data.number, entry),
  };
}
