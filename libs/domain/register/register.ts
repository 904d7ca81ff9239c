import { tidy } from '../text.ts';
import { emptyMap, type PersistentMap } from '../persistent-map.ts';
import type { Entry } from './entry.ts';
import type { ClosingProposal } from './proposal.ts';
import type { Authority, BookFields, BookTotals, SealUse } from './events.ts';

interface BookFacts extends BookFields {
  readonly bookId: string;
  readonly totals: BookTotals;
  /** Certification date of the last number. */
  readonly lastEntryOn: string | null;
  /** Its closing, as one account has asked for it; left out where none ever has. */
  readonly proposal?: ClosingProposal;
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
        readonly seal: SealUse | null;
      }
    | { readonly state: 'discarded'; readonly discardReason: string }
  );

/** Numbers from one to another, both included. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/** What every decision on a register needs: small, however many numbers it has given. */
export interface RegisterHead {
  /** In the order of opening, discarded ones included. */
  readonly books: readonly Book[];
  readonly lastNumber: number | null;
  readonly lastEntryOn: string | null;
  /** Not null while no number may be given, until an operator has confirmed the last one. */
  readonly paused: { readonly reason: string; readonly knownLast: number | null } | null;
  /** Numbers whose events a loss of data took away. */
  readonly lost: readonly NumberRange[];
}

/**
 * A register as far as it has been looked at: its head, and the entries that were recalled or made
 * since. A fold of all its events has all of them.
 */
export interface RegisterState extends RegisterHead {
  readonly entries: PersistentMap<number, Entry>;
  /** Number of each document that has one; a voided number is no longer the document's. */
  readonly documents: PersistentMap<string, number>;
}

/** A function: no version of one register's maps can be reached from another's. */
export const newRegister = (): RegisterState =>
  asRegister({ books: [], lastNumber: null, lastEntryOn: null, paused: null, lost: [] });

/** A head as a register of which no entry has been looked at. */
export function asRegister({
  books,
  lastNumber,
  lastEntryOn,
  paused,
  lost,
}: RegisterHead): RegisterState {
  const head = { books, lastNumber, lastEntryOn, paused, lost };
  return { ...head, entries: emptyMap(), documents: emptyMap() };
}

/** The head alone, as plain data. */
export function headOf({ entries: _entries, documents: _documents, ...head }: RegisterState) {
  return head satisfies RegisterHead;
}

/**
 * Key of a document in `documents`. Tidied also where it comes from the log: an event that holds
 * what nobody sees is of the same document as the command that does without.
 */
export const documentKey = (dossier: string, document: number): string =>
  `${document} ${tidy(dossier)}`;

export const bookOf = (state: Pick<RegisterHead, 'books'>, bookId: string): Book | undefined =>
  state.books.find((book) => book.bookId === bookId);

export const openBookOf = (state: RegisterHead): Book | undefined =>
  state.books.find((book) => book.state === 'open');

const lostRange = ({ lost }: Pick<RegisterHead, 'lost'>, number: number) =>
  lost.find(({ from, to }) => from <= number && number <= to);

export const isLost = (state: RegisterHead, number: number): boolean =>
  lostRange(state, number) !== undefined;

/** The nearest number from one on, this way or that, that was not lost: of those nobody knows a day. */
function notLostFrom(state: Pick<RegisterHead, 'lost'>, number: number, step: -1 | 1): number {
  const range = lostRange(state, number);
  if (!range) return number;
  return notLostFrom(state, step < 0 ? range.from - 1 : range.to + 1, step);
}

/** The numbers before and behind one whose days bound its own. */
export const neighboursOf = (
  state: Pick<RegisterHead, 'lost'>,
  number: number,
): readonly [before: number, behind: number] => [
  notLostFrom(state, number - 1, -1),
  notLostFrom(state, number + 1, 1),
];
