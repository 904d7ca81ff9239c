import { InvalidCursor, type Scalar, type StoredDoc } from './port.ts';

export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

/**
 * Whether ties are broken by the greater id first: in the direction of the last key, so that an
 * index on the keys and the id answers the sort read forwards or backwards.
 */
export const tiesDescend = (sort: readonly SortKey[]): boolean => sort.at(-1)?.descending ?? false;

/** The last document of a page: its values under the sort, null for a missing one, and its id. */
export interface CursorPlace {
  readonly values: readonly Scalar[];
  readonly id: string;
}

/** Opaque text for the place behind which the next page begins, good for this sort only. */
export function encodeCursor(sort: readonly SortKey[], last: StoredDoc): string {
  const values = sort.map(({ field }) => scalarOf(last, field));
  return Buffer.from(JSON.stringify([signatureOf(sort), values, last.id])).toString('base64url');
}

/** @throws InvalidCursor it is no cursor, or one of another sort. */
export function decodeCursor(sort: readonly SortKey[], cursor: string): CursorPlace {
  const parsed = parse(cursor);
  if (!Array.isArray(parsed) || parsed.length !== 3) throw new InvalidCursor('not a cursor');
  const [signature, values, id] = parsed as readonly unknown[];
  if (signature !== signatureOf(sort)) throw new InvalidCursor('cursor of another sort');
  if (typeof id !== 'string' || !areScalars(values) || values.length !== sort.length) {
    throw new InvalidCursor('not a cursor');
  }
  return { values, id };
}

const signatureOf = (sort: readonly SortKey[]): string =>
  sort.map(({ field, descending }) => `${descending ? '-' : '+'}${field}`).join('');

function scalarOf({ id, doc }: StoredDoc, field: string): Scalar {
  const value = doc[field] ?? null;
  if (isScalar(value)) return value;
  throw new TypeError(`cannot page by ${field}: it is no scalar in document ${id}`);
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch (error) {
    throw new InvalidCursor('not a cursor', { cause: error });
  }
}

export function isScalar(value: unknown): value is Scalar {
  if (typeof value === 'number') return Number.isFinite(value);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}

const areScalars = (values: unknown): values is readonly Scalar[] =>
  Array.isArray(values) && values.every(isScalar);
