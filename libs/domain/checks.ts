import { isCalendarDate, type CalendarDate } from './calendar.ts';
import type { Field } from './labels.ts';
import { Refusal, refuse } from './refusal.ts';
import { isBroken, tidy } from './text.ts';

/** The tidied text. Refuses REQUIRED when nothing is left, TOO_LONG past the limit, TEXT_BROKEN. */
export function requireText(field: Field, value: string, limit = 500): string {
  const text = whole(field, value);
  if (text === '') return refuse(field === 'reason' ? 'REASON' : 'REQUIRED', { field });
  return withinLimit(field, text, limit);
}

/** The tidied text, which may be empty. */
export function optionalText(field: Field, value: string, limit = 1000): string {
  return withinLimit(field, whole(field, value), limit);
}

/** The tidied text, none of which was lost on its way here. */
const whole = (field: Field, value: string): string =>
  isBroken(value) ? refuse('TEXT_BROKEN', { field }) : tidy(value);

function withinLimit(field: Field, text: string, limit: number): string {
  if (text.length > limit) refuse('TOO_LONG', { field, limit });
  return text;
}

/**
 * Makes every check, and refuses with all that failed: whoever fills in a form is told of it at once.
 */
export function together<T extends object>(checks: { readonly [K in keyof T]: () => T[K] }): T {
  const refused: Refusal[] = [];
  const made = Object.entries<() => unknown>(checks).map(([name, check]) => {
    try {
      return [name, check()] as const;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(error as Refusal);
      return [name, undefined] as const;
    }
  });
  const [first] = refused;
  if (first === undefined) return Object.fromEntries(made) as T;
  throw refused.length === 1 ? first : new Refusal('VALIDATION', { refused });
}

export function requireDate(field: Field, value: string): CalendarDate {
  if (tidy(value) === '') return refuse('REQUIRED', { field });
  return isCalendarDate(value) ? value : refuse('DATE_FORMAT', { field });
}

/** A whole number from `least` to `most`. */
export function requireWhole(
  field: Field,
  value: number,
  [least, most]: readonly [number, number],
): number {
  return Number.isInteger(value) && value >= least && value <= most
    ? value
    : refuse('NUMBER_INVALID', { field, least, most });
}
