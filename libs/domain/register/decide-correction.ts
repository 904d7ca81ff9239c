import type { CalendarDate } from '../calendar.ts';
import { changesBetween, isEmpty, type Changes } from '../changes.ts';
import { optionalText, requireDate, requireText, requireWhole, together } from '../checks.ts';
import { proposedFee } from '../fees/tariff.ts';
import { mandateFor } from '../mandate/stand-on.ts';
import type { Certifying, MandateUse } from '../mandate/use.ts';
import { refuse } from '../refusal.ts';
import type { AssignEntryNumber, CorrectEntry } from './commands.ts';
import { requireBook } from './decide-book.ts';
import { columnsOf, type Entry } from './entry.ts';
import type { EntryColumns, EntryEvent } from './events.ts';
import { isLost, neighboursOf, type Book, type RegisterState } from './register.ts';

/** What an entry has been through is read anew for each command about it, so it has an end. */
const MOST_CORRECTIONS = 200;

/** Refuses a day to come, and one outside the book's. */
export function checkCertifiedOn(book: Book, certifiedOn: CalendarDate, today: CalendarDate): void {
  if (certifiedOn > today) refuse('DATE_IN_FUTURE', { field: 'certifiedOn' });
  const { openedOn, closesOn } = book;
  if (certifiedOn < openedOn || certifiedOn > closesOn) {
    refuse('OUTSIDE_PERIOD', { openedOn, closesOn });
  }
}

/** What is typed of the columns: the fee by the tariff follows. */
type TypedColumns = Omit<EntryColumns, 'proposedFee'>;

/** What a day has to be to the book and to the numbers around. @throws Refusal */
type DayCheck = (certifiedOn: CalendarDate) => void;

/** The columns tidied and each right in itself, the day by its check as well: all that is wrong is told at once. */
export function checkedColumns(
  columns: TypedColumns,
  type: string,
  checkDay: DayCheck,
): EntryColumns {
  const typed = together<TypedColumns>({
    certifiedOn: () => {
      const day = requireDate('certifiedOn', columns.certifiedOn);
      checkDay(day);
      return day;
    },
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

/** Who certifies what, as the columns have it. */
export const certifyingOf = (
  { register, signature }: Pick<AssignEntryNumber, 'register' | 'signature'>,
  columns: EntryColumns,
): Certifying => ({
  ...columns,
  type: register.type,
  account: signature?.account ?? null,
});

/** The entry, which must be there, and its book. @throws Refusal */
export function requireEntry(state: RegisterState, bookId: string, number: number): [Book, Entry] {
  const book = requireBook(state, bookId);
  if (isLost(state, number)) refuse('ENTRY_LOST', { number });
  const entry = state.entries.get(number);
  return entry?.bookId === bookId ? [book, entry] : refuse('ENTRY_NOT_FOUND', { number });
}

/** What is asked to stand in the columns. */
type Asked = Partial<{ readonly [K in keyof TypedColumns]: TypedColumns[K] | undefined }>;

export interface Correction {
  readonly bookId: string;
  readonly number: number;
  readonly changes: Changes<EntryColumns>;
  readonly reason: string;
  readonly mandate: MandateUse | null;
}

/** What a correction is of, why and when. */
type CorrectionOf = Pick<
  CorrectEntry,
  'register' | 'bookId' | 'number' | 'reason' | 'mandates' | 'today'
>;

/** Đính chính: any column but number, book and dossier; in a closed book only the note. */
export function correctEntry(state: RegisterState, command: CorrectEntry): readonly EntryEvent[] {
  const correction = correctionOf(state, command, command);
  return correction ? [{ type: 'EntryCorrected', data: { ...correction, proposed: null } }] : [];
}

/** The correction that is asked for; undefined where everything stands so already. @throws Refusal */
export function correctionOf(
  state: RegisterState,
  { register, bookId, number, mandates, ...why }: CorrectionOf,
  asked: Asked,
): Correction | undefined {
  const [book, entry] = requireEntry(state, bookId, number);
  requireStanding(entry);
  const reason = requireText('reason', why.reason);
  const before = columnsOf(entry);
  const checkDay = (day: CalendarDate): void => {
    // In a closed book no day can be moved, whichever it is.
    if (day === before.certifiedOn || book.state === 'closed') return;
    checkMovedDay(state, book, { number, day }, why.today);
  };
  const columns = correctedColumns(before, asked, { type: register.type, checkDay });
  const changes = changesBetween<EntryColumns>(before, columns);
  if (isEmpty(changes)) return undefined;
  requireRoom(entry);
  const noteOnly = Object.keys(changes).every((field) => field === 'note');
  if (book.state === 'closed' && !noteOnly) refuse('BOOK_NOTES_ONLY', { name: book.name });
  const mandate = isOfCertifier(changes)
    ? mandateFor(certifyingOf({ register, signature: entry.signature }, columns), mandates)
    : entry.mandate;
  return { bookId, number, changes, reason, mandate };
}

/** Whether it is asked anew what the certification stands on. */
export const isOfCertifier = (changes: Changes<EntryColumns>): boolean =>
  (['certifiedOn', 'certifierFullName', 'certifierTitle', 'authority'] as const).some(
    (field) => changes[field] !== undefined,
  );

/** The columns as asked for; the fee by the tariff is proposed anew only where what it follows from changes. */
function correctedColumns(
  before: EntryColumns,
  asked: Asked,
  { type, checkDay }: { readonly type: string; readonly checkDay: DayCheck },
): EntryColumns {
  const { proposedFee: _fee, ...typed } = before;
  const names = Object.keys(typed) as (keyof TypedColumns)[];
  const given = names.flatMap((name) => (asked[name] === undefined ? [] : [[name, asked[name]]]));
  const after = checkedColumns(
    { ...typed, ...(Object.fromEntries(given) as Asked) } as TypedColumns,
    type,
    checkDay,
  );
  const isSame = (['pages', 'copies', 'certifiedOn'] as const).every(
    (field) => after[field] === before[field],
  );
  return isSame ? { ...after, proposedFee: before.proposedFee } : after;
}

function requireRoom({ numberText, corrections, unconfirmed = 0 }: Entry): void {
  if (corrections + unconfirmed >= MOST_CORRECTIONS)
    refuse('CORRECTIONS_EXHAUSTED', { numberText, most: MOST_CORRECTIONS });
}

/** A corrected date keeps the dates in the order of the numbers. */
function checkMovedDay(
  state: RegisterState,
  book: Book,
  { number, day }: { readonly number: number; readonly day: CalendarDate },
  today: CalendarDate,
): void {
  checkCertifiedOn(book, day, today);
  const [before, after] = neighboursOf(state, number).map(
    (neighbour) => state.entries.get(neighbour)?.certifiedOn,
  );
  if (before !== undefined && day < before) refuse('ENTRY_DATE_ORDER', { notBefore: before });
  if (after !== undefined && day > after) refuse('ENTRY_DATE_ORDER', { notAfter: after });
}

/** Refuses when the number was voided or its certification revoked. */
export function requireStanding(entry: Entry): void {
  const { numberText } = entry;
  if (entry.state === 'voided') refuse('ENTRY_VOIDED', { numberText });
  if (entry.state === 'revoked') refuse('ENTRY_REVOKED', { numberText });
}
