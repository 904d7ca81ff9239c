import { applyChanges } from '../changes.ts';
import { assignedEntry, columnsOf, type Entry } from './entry.ts';
import type { BookTotals, NumberingEvent, RegisterEvent } from './events.ts';
import { documentKey, type Book, type RegisterHead, type RegisterState } from './register.ts';

type DataOf<T extends RegisterEvent['type']> = Extract<RegisterEvent, { type: T }>['data'];

const noTotals: BookTotals = {
  firstNumber: null,
  lastNumber: null,
  entries: 0,
  voided: 0,
  revoked: 0,
  lost: 0,
  copies: 0,
  fees: 0,
};

function withBook(
  head: RegisterHead,
  bookId: string,
  change: (book: Book) => Book,
): readonly Book[] {
  return head.books.map((book) => (book.bookId === bookId ? change(book) : book));
}

function withTotals(book: Book, change: (totals: BookTotals) => Partial<BookTotals>): Book {
  return { ...book, totals: { ...book.totals, ...change(book.totals) } };
}

/** The register after an event. Never refuses, validates or reads a clock. */
export const evolveRegister = (state: RegisterState, event: RegisterEvent): RegisterState => ({
  ...recallEntry(state, event),
  ...evolveHead(state, event),
});

/** The head after an event, whatever entries are at hand. @throws Error where the log is damaged */
export function evolveHead(head: RegisterHead, event: RegisterEvent): RegisterHead {
  switch (event.type) {
    case 'BookOpened': {
      const { reason: _reason, ...fields } = event.data;
      const book: Book = { ...fields, totals: noTotals, lastEntryOn: null, state: 'open' };
      return only(head, { books: [...head.books, book] });
    }
    case 'BookEdited': {
      const { bookId, changes } = event.data;
      const edit = (book: Book): Book => applyChanges<Book>(book, changes);
      return only(head, { books: withBook(head, bookId, edit) });
    }
    case 'BookDiscarded': {
      const { bookId, reason: discardReason } = event.data;
      const discard = (book: Book): Book => ({ ...book, state: 'discarded', discardReason });
      return only(head, { books: withBook(head, bookId, discard) });
    }
    case 'BookClosed': {
      const { bookId, totals: _totals, ...closing } = event.data;
      const close = (book: Book): Book => ({ ...book, ...closing, state: 'closed' });
      return only(head, { books: withBook(head, bookId, close) });
    }
    case 'EntryNumberAssigned':
      return assigned(head, event.data);
    case 'EntryCorrected':
      return corrected(head, event.data);
    case 'EntryNumberVoided':
      return voided(head, event.data);
    case 'CertificationRevoked': {
      const revoke = (book: Book): Book =>
        withTotals(book, (totals) => ({ revoked: totals.revoked + 1 }));
      requireAssigned(head, event.data.number);
      return only(head, { books: withBook(head, event.data.bookId, revoke) });
    }
    case 'NumberingPaused':
    case 'NumbersLost':
    case 'NumberingResumed':
      return evolveNumbering(head, event);
    default:
      return event satisfies never;
  }
}

/** The head's own fields with the changes: nothing of the entries at hand comes along. */
function only(head: RegisterHead, changes: Partial<RegisterHead>): RegisterHead {
  const { books, lastNumber, lastEntryOn, paused, lost } = head;
  return { books, lastNumber, lastEntryOn, paused, lost, ...changes };
}

function evolveNumbering(head: RegisterHead, event: NumberingEvent): RegisterHead {
  switch (event.type) {
    case 'NumberingPaused': {
      const { reason, knownLast } = event.data;
      const most = Math.max(knownLast ?? 0, head.paused?.knownLast ?? 0);
      return only(head, { paused: { reason, knownLast: most === 0 ? null : most } });
    }
    case 'NumbersLost': {
      const { bookId, from, to } = event.data;
      const lose = (totals: BookTotals): Partial<BookTotals> => ({
        firstNumber: totals.firstNumber ?? from,
        lastNumber: to,
        lost: totals.lost + to - from + 1,
      });
      const books = withBook(head, bookId ?? '', (book) => withTotals(book, lose));
      return only(head, { books, lastNumber: to, lost: [...head.lost, { from, to }] });
    }
    case 'NumberingResumed':
      return only(head, { paused: null });
    default:
      return event satisfies never;
  }
}

function assigned(head: RegisterHead, data: DataOf<'EntryNumberAssigned'>): RegisterHead {
  const { number, copies, fee, certifiedOn } = data;
  const count = (totals: BookTotals): Partial<BookTotals> => ({
    firstNumber: totals.firstNumber ?? number,
    lastNumber: number,
    entries: totals.entries + 1,
    copies: totals.copies + copies,
    fees: totals.fees + fee,
  });
  const books = withBook(head, data.bookId, (book) => ({
    ...withTotals(book, count),
    lastEntryOn: certifiedOn,
  }));
  return only(head, { books, lastNumber: number, lastEntryOn: certifiedOn });
}

function corrected(head: RegisterHead, data: DataOf<'EntryCorrected'>): RegisterHead {
  const { number, changes } = data;
  requireAssigned(head, number);
  const moved = changes.certifiedOn?.to;
  const delta = (field: 'copies' | 'fee'): number =>
    (changes[field]?.to ?? 0) - (changes[field]?.from ?? 0);
  const recount = (totals: BookTotals): Partial<BookTotals> => ({
    copies: totals.copies + delta('copies'),
    fees: totals.fees + delta('fee'),
  });
  const books = withBook(head, data.bookId, (book) => ({
    ...withTotals(book, recount),
    lastEntryOn: book.totals.lastNumber === number && moved ? moved : book.lastEntryOn,
  }));
  const isLast = number === head.lastNumber;
  return only(head, { books, lastEntryOn: isLast && moved ? moved : head.lastEntryOn });
}

function voided(head: RegisterHead, data: DataOf<'EntryNumberVoided'>): RegisterHead {
  requireAssigned(head, data.number);
  const recount = (totals: BookTotals): Partial<BookTotals> => ({
    voided: totals.voided + 1,
    copies: totals.copies - data.copies,
    fees: totals.fees - data.fee,
  });
  const books = withBook(head, data.bookId, (book) => withTotals(book, recount));
  return only(head, { books });
}

/** @throws Error when the log names an entry it never assigned: the log is damaged. */
function requireAssigned({ lastNumber }: RegisterHead, number: number): void {
  if (number > (lastNumber ?? 0)) throw new Error(`entry ${number} was never assigned`);
}

/** The entries at hand after an event; of an entry that is not among them nothing changes. */
export function recallEntry(state: RegisterState, event: RegisterEvent): RegisterState {
  switch (event.type) {
    case 'EntryNumberAssigned': {
      const { number, dossier, document } = event.data;
      const entry = assignedEntry(event.data, state.entries.get(number - 1));
      const documents = state.documents.with(documentKey(dossier, document), number);
      return { ...state, entries: state.entries.with(number, entry), documents };
    }
    case 'EntryCorrected':
      return withEntry(state, event.data.number, (entry) => ({
        ...(applyChanges(entry, event.data.changes) as Entry),
        corrections: entry.corrections + 1,
        assignedAs: entry.assignedAs ?? columnsOf(entry),
      }));
    case 'EntryNumberVoided':
      return withEntry(state, event.data.number, (entry) => ({
        ...entry,
        state: 'voided',
        voidReason: event.data.reason,
      }));
    case 'CertificationRevoked': {
      const { decisionNumber, decisionDate, reason: revokeReason } = event.data;
      const decision = { decisionNumber, decisionDate, revokeReason };
      return withEntry(state, event.data.number, (entry) => ({
        ...entry,
        ...decision,
        state: 'revoked',
      }));
    }
    default:
      return state;
  }
}

function withEntry(
  state: RegisterState,
  number: number,
  change: (entry: Entry) => Entry,
): RegisterState {
  const entry = state.entries.get(number);
  return entry ? { ...state, entries: state.entries.with(number, change(entry)) } : state;
}
