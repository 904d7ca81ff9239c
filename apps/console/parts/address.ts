/** Readers of what stands in an address, which anybody may have written: undefined where it is not that. */

/** A code of digits alone comes as a number. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export const whole = (value: unknown, least = 1, most = 999_999_999): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
    ? value
    : undefined;

/** `YYYY-MM-DD` */
export const day = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;

export const yes = (value: unknown): true | undefined => (value === true ? true : undefined);

export const oneOf = <T>(values: readonly T[], value: unknown): T | undefined =>
  values.find((one) => one === value);

type Said<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** What of it was said. */
export const said = <T extends object>(read: T): Said<T> =>
  Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as Said<T>;
