import { isCalendarDate, type CalendarDate } from './calendar.ts';
import type { Field } from './labels.ts';
import { longest, LONGEST_OPTIONAL, ranges } from './limits.ts';
import { Refusal, refuse } from './refusal.ts';
import { isBroken, tidy } from './text.ts';

/** The tidied text. Refuses REQUIRED when nothing is left, TOO_LONG past the limit, TEXT_BROKEN. */
export function requireText(field: Field & keyof typeof longest, value: string): string {
  const text = whole(field, value);
  if (text === '') return refuse(field === 'reason' ? 'REASON' : 'REQUIRED', { field });
  return withinLimit(field, text, longest[field]);
}

/** The tidied text, which may be empty. */
export function optionalText(field: Field, value: string): string {
  return withinLimit(field, whole(field, value), LONGEST_OPTIONAL);
}

/** The tidied text, none of which was lost on its way here. */
const whole = (field: Field, value: string): string =>
  isBroken(value) ? refuse('TEXT_BROKEN', { field }) : tidy(value);

function withinLimit(field: Field, text: string, limit: number): string {
  if (text.length > limit) refuse('TOO_LONG', { field, limit });
  return text;
}

type Checks<T> = { readonly [K in keyof T]: () => T[K] };

/** Makes every check: what came of those that passed, and why the others did not. */
export function checked<T extends object>(checks: Checks<T>): [Partial<T>, readonly Refusal[]] {
  const refused: Refusal[] = [];
  const made: Partial<T> = {};
  for (const name in checks) {
    try {
      made[name] = checks[name]();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(error as Refusal);
    }
  }
  return [made, refused];
}

/** Makes every check, and refuses with all that failed: whoever fills in a form is told of it at once. */
export function together<T extends object>(checks: Checks<T>): T {
  const [made, refused] = checked(checks);
  const [first] = refused;
  if (first === undefined) return made as T;
  throw refused.length === 1 ? first : new Refusal('VALIDATION', { refused });
}

export function requireDate(field: Field, value: string): CalendarDate {
  if (tidy(value) === '') return refuse('REQUIRED', { field });
  return isCalendarDate(value) ? value : refuse('DATE_FORMAT', { field });
}

/** A whole number within the field's range. */
export function requireWhole(field: Field & keyof typeof ranges, value: number): number {
  const { least, most } = ranges[field];
  return Number.isInteger(value) && value >= least && value <= most
    ? value
    : refuse('NUMBER_INVALID', { field, least, most });
}
