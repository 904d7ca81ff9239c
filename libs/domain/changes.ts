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

/** Whether two differences are one, in whatever order their fields stand. */
export function sameChanges(one: object, other: object): boolean {
  const [a, b] = [one, other] as Readonly<Record<string, Change<unknown>>>[];
  const names = Object.keys(one).sort();
  const isSame = (name: string): boolean =>
    a?.[name]?.from === b?.[name]?.from && a?.[name]?.to === b?.[name]?.to;
  return names.join() === Object.keys(other).sort().join() && names.every(isSame);
}
