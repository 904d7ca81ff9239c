import { isCalendarDate, lastDayOf, yearOf, type CalendarDate } from '../calendar.ts';
import { requireText, requireWhole } from '../checks.ts';
import { mandateFor } from '../mandate/stand-on.ts';
import { refuse } from '../refusal.ts';
import type { AssignEntryNumber, EntryCommand, VoidEntryNumber } from './commands.ts';
import { requireBook } from './decide-book.ts';
import {
  certifyingOf,
  checkCertifiedOn,
  checkedColumns,
  correctEntry,
  requireEntry,
  requireStanding,
} from './decide-correction.ts';
import { requireNumbering } from './decide-numbering.ts';
import { revokeCertification } from './decide-revocation.ts';
import type { EntryEvent, ProposalLapsed } from './events.ts';
import { formatEntryNumber, LARGEST_NUMBER, NUMBER_FORMAT } from './naming.ts';
import { type Entry } from './entry.ts';
import { requireSameContent } from './same-content.ts';
import { lapseOf } from './proposal.ts';
import { documentKey, type Book, type RegisterState } from './register.ts';
import { registerType } from './types.ts';

/** What a command leads to, and what becomes of the proposal that waited. */
type Decided = readonly (EntryEvent | ProposalLapsed)[];

/** The live number a document already has. A voided number is no longer the document's. */
export function numberOfDocument(
  state: RegisterState,
  dossier: string,
  document: number,
): Entry | undefined {
  const number = state.documents.get(documentKey(dossier, document));
  const entry = number === undefined ? undefined : state.entries.get(number);
  return entry?.state === 'voided' ? undefined : entry;
}

/** Refuses unless the book is Đang mở today. */
function requireTakingNumbers(book: Book, today: CalendarDate): void {
  const { name } = book;
  switch (book.state) {
    case 'closed':
      return refuse('BOOK_CLOSED', { name, isYearOver: endOf(book, today) === 'year-over' });
    case 'discarded':
      return refuse('BOOK_DISCARDED', { name });
    case 'open':
      if (today < book.openedOn) refuse('BOOK_NOT_OPEN', { name, since: 'not-yet' });
      if (today > book.closesOn) refuse('BOOK_NOT_OPEN', { name, since: endOf(book, today) });
      return;
    default:
      book satisfies never;
  }
}

/** After its year no day can be added to a book (NĐ 23/2015 Điều 13). */
function endOf({ closesOn }: Book, today: CalendarDate): 'over' | 'year-over' {
  return isCalendarDate(closesOn) && today > lastDayOf(yearOf(closesOn)) ? 'year-over' : 'over';
}

/**
 * The day it is: the register's last one where that lies ahead of this process's clock by no more
 * than two clocks may differ, so that nobody is refused for asking the slower one at midnight.
 */
function dayOf({ lastEntryOn }: RegisterState, command: AssignEntryNumber): CalendarDate {
  const { today, latestToday = today } = command;
  const isAhead = isCalendarDate(lastEntryOn) && lastEntryOn > today && lastEntryOn <= latestToday;
  return isAhead ? lastEntryOn : today;
}

/** A later number is of no earlier day. */
function requireInOrder({ lastEntryOn }: RegisterState, day: CalendarDate): void {
  if (lastEntryOn !== null && day < lastEntryOn) {
    refuse('ENTRY_DATE_ORDER', { notBefore: lastEntryOn });
  }
}

/** Refuses unless the document is named and the book takes numbers; answers the pair as recorded. */
function assignEntryNumber(
  state: RegisterState,
  command: AssignEntryNumber,
): readonly EntryEvent[] {
  const book = requireBook(state, command.bookId);
  const dossier = requireText('dossier', command.dossier);
  const document = requireWhole('document', command.document);
  const there = numberOfDocument(state, dossier, document);
  if (there) return requireSameContent(there, command);
  requireNumbering(state);
  const today = dayOf(state, command);
  requireTakingNumbers(book, today);
  const certifiedOn = command.certifiedOn ?? today;
  const { pages = null, register } = command;
  const columns = checkedColumns({ ...command, certifiedOn, pages }, register.type, (day) => {
    checkCertifiedOn(book, day, today);
    requireInOrder(state, day);
  });
  const mandate = mandateFor(certifyingOf(command, columns), command.mandates);
  // The book's own last number rules; its first number only until it has one.
  const number = (book.totals.lastNumber ?? book.firstNumber - 1) + 1;
  if (number > LARGEST_NUMBER) refuse('NUMBERS_EXHAUSTED', { most: LARGEST_NUMBER });
  const numberText = formatEntryNumber(number, registerType(register.type));
  const naming = { bookId: book.bookId, bookName: book.name, number, numberText };
  const { signature, seal, verificationCode } = command;
  const data = {
    ...naming,
    numberFormat: NUMBER_FORMAT,
    dossier,
    document,
    ...columns,
    signature,
    seal,
    verificationCode,
    mandate,
  };
  return [{ type: 'EntryNumberAssigned', data }];
}

/** Hủy số: the number stays, as Đã hủy số, and is never given again. */
function voidEntryNumber(state: RegisterState, command: VoidEntryNumber): Decided {
  const [book, entry] = requireEntry(state, command.bookId, command.number);
  if (entry.state === 'voided') return [];
  requireStanding(entry);
  if (book.state === 'closed') return refuse('BOOK_LOCKED', { name: book.name });
  // A copy that was signed is out: it can be revoked, and not be as if it had never been.
  if (entry.copy?.signed) refuse('COPY_SIGNED', { numberText: entry.numberText });
  const reason = requireText('reason', command.reason);
  const { bookId, number, copies, fee } = entry;
  const lapse = lapseOf(entry.proposal, { bookId, number });
  return [...lapse, { type: 'EntryNumberVoided', data: { bookId, number, copies, fee, reason } }];
}

export function decideEntry(state: RegisterState, command: EntryCommand): Decided {
  switch (command.type) {
    case 'AssignEntryNumber':
      return assignEntryNumber(state, command);
    case 'CorrectEntry':
      return correctEntry(state, command);
    case 'VoidEntryNumber':
      return voidEntryNumber(state, command);
    case 'RevokeCertification':
      return revokeCertification(state, command);
    default:
      return command satisfies never;
  }
}
