import { applyChanges } from '../changes.ts';
import { evolveProposal } from './evolve-proposal.ts';
import type { BookTotals, NumberingEvent, RegisterEvent } from './events.ts';
import { endedIf, isProposalEvent, proposalField } from './proposal.ts';
import { recallEntry } from './recall.ts';
import { neighboursOf, type Book, type RegisterHead, type RegisterState } from './register.ts';
import { noTotals, only, requireAssigned, withBook, withTotals } from './steps.ts';

type DataOf<T extends RegisterEvent['type']> = Extract<RegisterEvent, { type: T }>['data'];

/** The register after an event. Never refuses, validates or reads a clock. */
export const evolveRegister = (state: RegisterState, event: RegisterEvent): RegisterState => ({
  ...recallEntry(state, event),
  ...evolveHead(state, event),
});

/** The head after an event, whatever entries are at hand. @throws Error where the log is damaged */
export function evolveHead(head: RegisterHead, event: RegisterEvent): RegisterHead {
  if (isProposalEvent(event)) return evolveProposal(head, event);
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
    case 'BookClosed':
      return closed(head, event.data);
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
    // They are of an entry alone.
    case 'RevocationPublished':
    case 'CopyStamped':
    case 'CopySigned':
      return only(head, {});
    case 'NumberingPaused':
    case 'NumbersLost':
    case 'NumberingResumed':
      return evolveNumbering(head, event);
    default:
      return event satisfies never;
  }
}

function closed(head: RegisterHead, data: DataOf<'BookClosed'>): RegisterHead {
  const { bookId, totals: _totals, proposed, ...closing } = data;
  const close = (book: Book): Book => ({
    ...book,
    ...closing,
    state: 'closed',
    ...proposalField(endedIf(book.proposal, proposed?.proposalId ?? '', 'confirmed')),
  });
  return only(head, { books: withBook(head, bookId, close) });
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

type LastEntry = Pick<RegisterHead, 'lastNumber' | 'lastEntryOn'>;

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
  const [, behind] = neighboursOf(head, number);
  // What follows it up to there was lost: it is the last of which anything is known.
  const lastOn = ({ lastNumber, lastEntryOn }: LastEntry): string | null =>
    moved && behind > (lastNumber ?? 0) ? moved : lastEntryOn;
  const books = withBook(head, data.bookId, (book) => ({
    ...withTotals(book, recount),
    lastEntryOn: lastOn({ ...book, lastNumber: book.totals.lastNumber }),
  }));
  return only(head, { books, lastEntryOn: lastOn(head) });
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
