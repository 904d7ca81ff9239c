import { isCalendarDate, lastDayOf, yearOf, type CalendarDate } from '../calendar.ts';
import { changesBetween, isEmpty } from '../changes.ts';
import { optionalText, requireDate, requireText, requireWhole, together } from '../checks.ts';
import { proposedFee } from '../fees/tariff.ts';
import { refuse } from '../refusal.ts';
import type {
  AssignEntryNumber,
  CorrectEntry,
  EntryCommand,
  RevokeCertification,
  VoidEntryNumber,
} from './commands.ts';
import { requireBook } from './decide-book.ts';
import { requireNumbering } from './decide-numbering.ts';
import type { EntryColumns, EntryEvent } from './events.ts';
import { formatEntryNumber, LARGEST_NUMBER, NUMBER_FORMAT } from './naming.ts';
import { columnsOf, type Entry } from './entry.ts';
import { requireSameContent } from './same-content.ts';
import { documentKey, isLost, type Book, type RegisterState } from './register.ts';
import { registerType } from './types.ts';

/** What an entry has been through is read anew for each command about it, so it has an end. */
const MOST_CORRECTIONS = 200;

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

function checkCertifiedOn(book: Book, certifiedOn: CalendarDate, today: CalendarDate): void {
  if (certifiedOn > today) refuse('DATE_IN_FUTURE', { field: 'certifiedOn' });
  const { openedOn, closesOn } = book;
  if (certifiedOn < openedOn || certifiedOn > closesOn) {
    refuse('OUTSIDE_PERIOD', { openedOn, closesOn });
  }
}

/** What is typed of the columns: the fee by the tariff follows. */
type TypedColumns = Omit<EntryColumns, 'proposedFee'>;

/** The columns tidied and each right in itself; dates are checked against the book elsewhere. */
function checkedColumns(columns: TypedColumns, type: string): EntryColumns {
  const typed = together<TypedColumns>({
    certifiedOn: () => requireDate('certifiedOn', columns.certifiedOn),
    requester: () => requireText('requester', columns.requester),
    documentTitle: () => requireText('documentTitle', columns.documentTitle),
    certifierFullName: () => requireText('certifierFullName', columns.certifierFullName),
    certifierTitle: () => requireText('certifierTitle', columns.certifierTitle),
    authority: () => columns.authority,
    copies: () => requireWhole('copies', columns.copies),
    fee: () => requireWhole('fee', columns.fee),
    pages: () => (columns.pages === null ? null : requireWhole('pages', columns.pages)),
    note: () => optionalText('note', columns.note),
  });
  return columnsOf({ ...typed, proposedFee: proposedFee({ ...typed, type }) });
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
  const columns = checkedColumns({ ...command, certifiedOn, pages }, register.type);
  checkCertifiedOn(book, columns.certifiedOn as CalendarDate, today);
  if (state.lastEntryOn !== null && columns.certifiedOn < state.lastEntryOn) {
    refuse('ENTRY_DATE_ORDER', { notBefore: state.lastEntryOn });
  }
  // The book's own last number rules; its first number only until it has one.
  const number = (book.totals.lastNumber ?? book.firstNumber - 1) + 1;
  if (number > LARGEST_NUMBER) refuse('NUMBERS_EXHAUSTED', { most: LARGEST_NUMBER });
  const numberText = formatEntryNumber(number, registerType(register.type));
  const naming = { bookId: book.bookId, bookName: book.name, number, numberText };
  const { signature, seal } = command;
  const data = {
    ...naming,
    numberFormat: NUMBER_FORMAT,
    dossier,
    document,
    ...columns,
    signature,
    seal,
  };
  return [{ type: 'EntryNumberAssigned', data }];
}

function requireEntry(state: RegisterState, bookId: string, number: number): [Book, Entry] {
  const book = requireBook(state, bookId);
  if (isLost(state, number)) refuse('ENTRY_LOST', { number });
  const entry = state.entries.get(number);
  return entry?.bookId === bookId ? [book, entry] : refuse('ENTRY_NOT_FOUND', { number });
}

/** Đính chính: any column but number, book and dossier; in a closed book only the note. */
function correctEntry(state: RegisterState, command: CorrectEntry): readonly EntryEvent[] {
  const [book, entry] = requireEntry(state, command.bookId, command.number);
  requireStanding(entry);
  const reason = requireText('reason', command.reason);
  const columns = correctedColumns(entry, command);
  const changes = changesBetween<EntryColumns>(columnsOf(entry), columns);
  if (isEmpty(changes)) return [];
  const { numberText, corrections } = entry;
  if (corrections >= MOST_CORRECTIONS) {
    refuse('CORRECTIONS_EXHAUSTED', { numberText, most: MOST_CORRECTIONS });
  }
  const noteOnly = Object.keys(changes).every((field) => field === 'note');
  if (book.state === 'closed' && !noteOnly) refuse('BOOK_NOTES_ONLY', { name: book.name });
  if (changes.certifiedOn) checkMovedDate(state, book, { ...entry, ...columns }, command.today);
  const { bookId, number } = entry;
  return [{ type: 'EntryCorrected', data: { bookId, number, changes, reason } }];
}

/** The columns as asked for; the fee by the tariff is proposed anew only where what it follows from changes. */
function correctedColumns(entry: Entry, command: CorrectEntry): EntryColumns {
  const { type: _type, bookId: _id, number: _number, reason: _reason, ...rest } = command;
  const { today: _today, register, ...asked } = rest;
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  const before = columnsOf(entry);
  const after = checkedColumns({ ...before, ...Object.fromEntries(given) }, register.type);
  const isSame = (['pages', 'copies', 'certifiedOn'] as const).every(
    (field) => after[field] === before[field],
  );
  return isSame ? { ...after, proposedFee: before.proposedFee } : after;
}

/** A corrected date keeps the dates in the order of the numbers. */
function checkMovedDate(
  state: RegisterState,
  book: Book,
  moved: EntryColumns & { readonly number: number },
  today: CalendarDate,
): void {
  const date = moved.certifiedOn;
  if (isCalendarDate(date)) checkCertifiedOn(book, date, today);
  const before = state.entries.get(moved.number - 1)?.certifiedOn;
  const after = state.entries.get(moved.number + 1)?.certifiedOn;
  if (before !== undefined && date < before) refuse('ENTRY_DATE_ORDER', { notBefore: before });
  if (after !== undefined && date > after) refuse('ENTRY_DATE_ORDER', { notAfter: after });
}

/** Refuses when the number was voided or its certification revoked. */
function requireStanding(entry: Entry): void {
  const { numberText } = entry;
  if (entry.state === 'voided') refuse('ENTRY_VOIDED', { numberText });
  if (entry.state === 'revoked') refuse('ENTRY_REVOKED', { numberText });
}

/** Hủy số: the number stays, as Đã hủy số, and is never given again. */
function voidEntryNumber(state: RegisterState, command: VoidEntryNumber): readonly EntryEvent[] {
  const [book, entry] = requireEntry(state, command.bookId, command.number);
  if (entry.state === 'voided') return [];
  requireStanding(entry);
  if (book.state === 'closed') return refuse('BOOK_LOCKED', { name: book.name });
  const reason = requireText('reason', command.reason);
  const { bookId, number, copies, fee } = entry;
  return [{ type: 'EntryNumberVoided', data: { bookId, number, copies, fee, reason } }];
}

/** TT 01/2020 Điều 7. Allowed in a closed book: a wrong copy may be found years later. */
function revokeCertification(
  state: RegisterState,
  command: RevokeCertification,
): readonly EntryEvent[] {
  const [, entry] = requireEntry(state, command.bookId, command.number);
  const decisionNumber = requireText('decisionNumber', command.decisionNumber);
  const decisionDate = requireDate('decisionDate', command.decisionDate);
  if (entry.state === 'revoked') {
    const repeated = entry.decisionNumber === decisionNumber && entry.decisionDate === decisionDate;
    return repeated ? [] : refuse('ENTRY_REVOKED', { numberText: entry.numberText });
  }
  requireStanding(entry);
  if (decisionDate > command.today) refuse('DATE_IN_FUTURE', { field: 'decisionDate' });
  if (decisionDate < entry.certifiedOn) {
    refuse('DECISION_BEFORE_ENTRY', { certifiedOn: entry.certifiedOn });
  }
  const reason = requireText('reason', command.reason);
  const { bookId, number } = entry;
  const data = { bookId, number, decisionNumber, decisionDate, reason };
  return [{ type: 'CertificationRevoked', data }];
}

export function decideEntry(state: RegisterState, command: EntryCommand): readonly EntryEvent[] {
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
