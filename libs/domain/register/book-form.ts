import { isCalendarDate, lastDayOf, yearOf, type CalendarDate } from '../calendar.ts';
import { checked, requireDate, together } from '../checks.ts';
import { refuse, type Refusal } from '../refusal.ts';
import type { BookFields } from './events.ts';
import { registerFormOn } from './form.ts';
import { bookName, LARGEST_NUMBER, yearInName } from './naming.ts';
import { registerType, type RegisterKey } from './types.ts';

/** The fields of the form; the rest follows from them. */
export type Typed = Omit<BookFields, 'form'>;

/** What a new name and a new first number must be among the register's other books. */
export interface Among {
  readonly name: (name: string) => void;
  readonly firstNumber: (firstNumber: number) => void;
}
export const alone: Among = { name: () => undefined, firstNumber: () => undefined };

type Year = Pick<RegisterKey, 'type'> & Partial<RegisterKey>;

/** What a book's name, dates and number must be among themselves, each as far as the others are right. */
function checksOf(fields: Typed, { type, year }: Year, among = alone) {
  const opened = isCalendarDate(fields.openedOn) ? fields.openedOn : undefined;
  return {
    name: () => {
      const name = bookName(fields.name, registerType(type));
      const wanted = opened && yearOf(opened);
      if (wanted && yearInName(name) !== wanted) refuse('NAME_YEAR', { name, year: wanted });
      among.name(name);
      return name;
    },
    openedOn: () => {
      const openedOn = requireDate('openedOn', fields.openedOn);
      if (year !== undefined && yearOf(openedOn) !== year) refuse('YEAR_LOCKED', { year });
      return openedOn;
    },
    closesOn: () => {
      const closesOn = requireDate('closesOn', fields.closesOn);
      return opened ? checkedEnd(opened, closesOn) : closesOn;
    },
    firstNumber: () => {
      const firstNumber = checkedStart(fields.firstNumber);
      among.firstNumber(firstNumber);
      return firstNumber;
    },
  };
}

/** The form's fields, right among themselves and among others. @throws Refusal all that is wrong with them */
export function checkedFields(fields: Typed, register: RegisterKey, among: Among): BookFields {
  const right = together(checksOf(fields, register, among));
  return { ...right, form: registerFormOn(right.openedOn) };
}

/** What is wrong among those of a form's fields that could be read at all. */
export function bookFaults(fields: Partial<Typed>, type: string): readonly Refusal[] {
  const checks = Object.entries(checksOf(fields as Typed, { type }));
  const there = checks.filter(([name]) => fields[name as keyof Typed] !== undefined);
  return checked<Record<string, unknown>>(Object.fromEntries(there))[1];
}

function checkedStart(firstNumber: number): number {
  if (!Number.isSafeInteger(firstNumber) || firstNumber < 1) refuse('START_INVALID', {});
  if (firstNumber > LARGEST_NUMBER) refuse('START_TOO_LARGE', { most: LARGEST_NUMBER });
  return firstNumber;
}

function checkedEnd(openedOn: CalendarDate, closesOn: CalendarDate): CalendarDate {
  if (closesOn < openedOn) refuse('DATE_ORDER', {});
  const year = yearOf(openedOn);
  return closesOn > lastDayOf(year) ? refuse('DATE_YEAR', { year }) : closesOn;
}
