import { changesBetween, isEmpty } from '../changes.ts';
import { optionalText, requireText } from '../checks.ts';
import { refuse } from '../refusal.ts';
import { tidy } from '../text.ts';
import { alone, checkedFields, type Among, type Typed } from './book-form.ts';
import type { BookCommand, CloseBook, DiscardBook, EditBook, OpenBook } from './commands.ts';
import type { BookEvent, BookFields, Confirmed, ProposalLapsed, SealUse } from './events.ts';
import { requireNumbering } from './decide-numbering.ts';
import { lapseOf } from './proposal.ts';
import { bookOf, openBookOf, type Book, type RegisterState } from './register.ts';

/** The book, which must be there. */
export const requireBook = (state: RegisterState, bookId: string): Book =>
  bookOf(state, bookId) ?? refuse('BOOK_NOT_FOUND', {});

/** What a command leads to, and what becomes of the proposal that waited. */
type Decided = readonly (BookEvent | ProposalLapsed)[];

/** Names are unique among the books not discarded; numbers go on where the last such book ended (NĐ 23/2015 Điều 13). */
function amongOthers(state: RegisterState, others: readonly Book[], reason: string): Among {
  return {
    name: (name) => {
      if (others.some((book) => book.name === name)) refuse('NAME_DUPLICATE', { name });
    },
    firstNumber: (firstNumber) => {
      const expected = numberAfter(state, others);
      if (expected !== undefined) {
        if (firstNumber !== expected) refuse('START_CONTINUITY', { expected });
      } else if (firstNumber !== 1 && reason === '') refuse('START_REASON', {});
    },
  };
}

/** The number that has to come next; undefined before the first book of the year. */
function numberAfter(state: RegisterState, books: readonly Book[]): number | undefined {
  if (state.lastNumber !== null) return state.lastNumber + 1;
  return books.at(-1)?.firstNumber;
}

/** Above what a year's names allow (two or three digits), so that a register's head stays small. */
const MOST_BOOKS = 1000;

const kept = (state: RegisterState): readonly Book[] =>
  state.books.filter((book) => book.state !== 'discarded');

function openBook(state: RegisterState, command: OpenBook): readonly BookEvent[] {
  const reason = optionalText('reason', command.reason);
  const known = bookOf(state, command.bookId);
  const open = openBookOf(state);
  // While a book is open the last number still moves: nothing is said of others.
  const among = known || open || state.paused ? alone : amongOthers(state, kept(state), reason);
  const fields = checkedFields(command, command.register, among);
  if (known) {
    const same = isEmpty(changesBetween<BookFields>(known, fields));
    return same ? [] : refuse('NAME_DUPLICATE', { name: known.name });
  }
  if (open) refuse('BOOK_OPEN_EXISTS', { name: open.name });
  requireNumbering(state);
  if (state.books.length >= MOST_BOOKS) refuse('BOOKS_EXHAUSTED', { most: MOST_BOOKS });
  return [{ type: 'BookOpened', data: { bookId: command.bookId, ...fields, reason } }];
}

/** Everything until the first number is assigned; after that only closesOn (seed; domain decision). */
function editBook(state: RegisterState, command: EditBook): readonly BookEvent[] {
  const book = requireBook(state, command.bookId);
  if (book.state === 'closed') return refuse('BOOK_LOCKED', { name: book.name });
  if (book.state === 'discarded') return refuse('BOOK_DISCARDED', { name: book.name });
  const asked: Typed = {
    name: command.name ?? book.name,
    firstNumber: command.firstNumber ?? book.firstNumber,
    openedOn: command.openedOn ?? book.openedOn,
    closesOn: command.closesOn ?? book.closesOn,
  };
  // Before the year is spoken of: to discard a book with numbers, and open another, is no way out.
  if (isUsed(book) && asked.openedOn !== book.openedOn)
    refuse('FIELD_LOCKED', { field: 'openedOn' });
  const reason = optionalText('reason', command.reason);
  const among = isUsed(book) || state.paused ? alone : amongRest(state, book, reason);
  const fields = checkedFields(asked, command.register, among);
  const changes = changesBetween<BookFields>(book, fields);
  if (isEmpty(changes)) return [];
  if (isUsed(book)) checkNumberedEdit(book, fields);
  else if (changes.name || changes.firstNumber) requireNumbering(state);
  return [{ type: 'BookEdited', data: { bookId: book.bookId, changes, reason } }];
}

/** Whether numbers of the book were given, lost ones among them. */
const isUsed = ({ totals }: Book): boolean => totals.entries + totals.lost > 0;

/** What is as it was is not asked about again. */
function amongRest(state: RegisterState, book: Book, reason: string): Among {
  const others = kept(state).filter((other) => other.bookId !== book.bookId);
  const among = amongOthers(state, others, reason);
  return {
    name: (name) => {
      if (name !== book.name) among.name(name);
    },
    firstNumber: (firstNumber) => {
      if (firstNumber !== book.firstNumber) among.firstNumber(firstNumber);
    },
  };
}

function checkNumberedEdit(book: Book, fields: BookFields): void {
  for (const field of ['name', 'firstNumber', 'openedOn'] as const) {
    if (fields[field] !== book[field]) refuse('FIELD_LOCKED', { field });
  }
  const lastEntryOn = book.lastEntryOn;
  if (lastEntryOn !== null && fields.closesOn < lastEntryOn) {
    refuse('CLOSES_BEFORE_ENTRY', { lastEntryOn });
  }
}

function discardBook(state: RegisterState, command: DiscardBook): Decided {
  const book = requireBook(state, command.bookId);
  if (book.state === 'discarded') return [];
  requireNumbering(state);
  if (isUsed(book)) refuse('DELETE_USED', { name: book.name });
  if (book.state === 'closed') return refuse('BOOK_LOCKED', { name: book.name });
  const reason = requireText('reason', command.reason);
  const { bookId, proposal } = book;
  const lapse = lapseOf(proposal, { bookId, number: null });
  return [...lapse, { type: 'BookDiscarded', data: { bookId, reason } }];
}

/** Khóa sổ (NĐ 23/2015 Điều 13): final, with its totals, confirmed by name and title. */
export function closeBook(
  state: RegisterState,
  command: Omit<CloseBook, 'type'>,
  proposed: Confirmed | null,
): Decided {
  const book = requireBook(state, command.bookId);
  const { seal = null } = command;
  if (book.state === 'discarded') return refuse('BOOK_DISCARDED', { name: book.name });
  const confirmation = {
    confirmedByFullName: requireText('confirmedByFullName', command.confirmedByFullName),
    confirmedByTitle: requireText('confirmedByTitle', command.confirmedByTitle),
    confirmedByAuthority: command.confirmedByAuthority,
  };
  if (book.state === 'closed') {
    const repeated =
      isEmpty(changesBetween<typeof confirmation>(book, confirmation)) &&
      isSameSeal(book.seal, seal);
    return repeated ? [] : refuse('BOOK_LOCKED', { name: book.name });
  }
  requireNumbering(state);
  if (command.today < book.openedOn) refuse('BOOK_NOT_OPEN', { name: book.name, since: 'not-yet' });
  const { bookId, totals } = book;
  const closed = { bookId, closedOn: command.today, ...confirmation, totals, seal, proposed };
  const lapse = proposed ? [] : lapseOf(book.proposal, { bookId, number: null });
  return [...lapse, { type: 'BookClosed', data: closed }];
}

/** Whichever version of it; of one that was not recorded nothing is known. */
const isSameSeal = (there: SealUse | null, asked: SealUse | null): boolean =>
  there === null || asked === null || there.id === asked.id;

export function decideBook(state: RegisterState, command: BookCommand): Decided {
  switch (command.type) {
    case 'OpenBook':
      return openBook(state, command);
    case 'EditBook':
      return editBook(state, command);
    case 'DiscardBook':
      return discardBook(state, command);
    case 'CloseBook':
      return closeBook(state, command, null);
    default:
      return command satisfies never;
  }
}

/** The number the next book of the register begins with: the form's default. */
export const nextFirstNumber = (state: RegisterState): number =>
  numberAfter(state, kept(state)) ?? 1;

/** The name the form suggests: the next ordinal of the year, `02/2024`. */
export function nextBookName(state: RegisterState, year: number): string {
  const ordinals = kept(state).map((book) => Number(tidy(book.name).split('/')[0]));
  return `${String(Math.max(0, ...ordinals) + 1).padStart(2, '0')}/${year}`;
}
