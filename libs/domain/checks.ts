import { isCalendarDate, type CalendarDate } from './calendar.ts';
import type { Field } from './labels.ts';
import { refuse } from './refusal.ts';
import { tidy } from './text.ts';

/** The tidied text. Refuses REQUIRED when nothing is left, TOO_LONG past the limit. */
export function requireText(field: Field, value: string, limit = 500): string {
  const text = tidy(value);
  if (text === '') return refuse(field === 'reason' ? 'REASON' : 'REQUIRED', { field });
  return withinLimit(field, text, limit);
}

/** The tidied text, which may be empty. */
export function optionalText(field: Field, value: string, limit = 1000): string {
  return withinLimit(field, tidy(value), limit);
}

function withinLimit(field: Field, text: string, limit: number): string {
  if (text.length > limit) refuse('TOO_LONG', { field, limit });
  return text;
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

export type Change<T> = { readonly from: T; readonly to: T };
export type Changes<T> = { readonly [K in keyof T]?: Change<T[K]> };

/** What differs between the values before and those asked for, field by field; absent fields stay as they are. */
export function changesBetween<T extends object>(before: T, asked: Partial<T>): Changes<T> {
  const keys = Object.keys(asked) as (keyof T)[];
  const changed = keys.filter((key) => asked[key] !== undefined && asked[key] !== before[key]);
  return Object.fromEntries(
    changed.map((key) => [key, { from: before[key], to: asked[key] }]),
  ) as Changes<T>;
}

/** The values with the changes carried out. */
export function applyChanges<T extends object>(before: T, changes: Changes<T>): T {
  const pairs = Object.entries(changes) as [string, Change<unknown>][];
  return { ...before, ...Object.fromEntries(pairs.map(([key, change]) => [key, change.to])) };
}

export const isEmpty = (changes: object): boolean => Object.keys(changes).length === 0;
