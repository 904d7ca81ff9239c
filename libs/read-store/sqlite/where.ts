import { tiesDescend, type CursorPlace, type SortKey } from '../cursor.ts';
import type { Clause, Plan } from '../plan.ts';
import type { Scalar } from '../port.ts';
import { fieldSql } from './collections.ts';
import { STILL_ASKED } from './still-asked.ts';

/** SQL with its values, which are only ever bound. */
export interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

const sql = (text: string, ...values: unknown[]): Sql => ({ text, values });

function joined(parts: readonly Sql[], by: 'AND'): Sql {
  const text = parts.map((part) => `(${part.text})`).join(` ${by} `);
  return { text, values: parts.flatMap((part) => part.values) };
}

/** `WHERE …` for the filter and search, within a range where one is given; while somebody waits for it. */
export function where(plan: Plan, within?: Sql): Sql {
  const parts = [
    sql(STILL_ASKED),
    ...plan.clauses.map((clause) => clauseSql(clause, plan.sort)),
    ...plan.words.map((word) => sql('instr(search, ?) > 0', ` ${word}`)),
    ...(within ? [within] : []),
  ];
  const all = joined(parts, 'AND');
  return { text: `WHERE ${all.text}`, values: all.values };
}

interface Ordered extends Pick<Plan, 'sort'> {
  /** A key of the sort as it is written. */
  readonly keySql: (field: string) => string;
}

/**
 * What has one of some values is found by them, and the little there is sorted: behind a plus the
 * sort's own index is not used, which would be walked through as a whole.
 */
const ordered = ({ sort, clauses }: Plan): Ordered => {
  const isFew = clauses.some(({ op }) => op === 'in');
  return { sort, keySql: (field) => (isFew ? `+${fieldSql(field)}` : fieldSql(field)) };
};

/** By the keys that are left of a sort. Ascending, SQLite puts null (and missing) first, then numbers, then text by its bytes. */
function orderBy({ sort, keySql }: Ordered, left: readonly SortKey[]): string {
  const keys = left.map(({ field, descending }) => `${keySql(field)}${descending ? ' DESC' : ''}`);
  return `ORDER BY ${[...keys, tiesDescend(sort) ? 'id DESC' : 'id'].join(', ')}`;
}

/** Booleans come out of JSON as the numbers 1 and 0, so a value's type is asked for beside it. */
const typeSql = (field: string): string => `json_type(doc, '$.${field}')`;
const isNumber = (field: string): string => `${typeSql(field)} IN ('integer', 'real')`;
const isBoolean = (field: string): string => `${typeSql(field)} IN ('true', 'false')`;
const bound = (value: Scalar): unknown => (typeof value === 'boolean' ? Number(value) : value);

function clauseSql(clause: Clause, sort: readonly SortKey[]): Sql {
  switch (clause.op) {
    case 'eq':
      return equal(clause.field, clause.value);
    case 'ne':
      return different(clause.field, clause.value);
    case 'in':
      return oneOf(clause.field, clause.value);
    default:
      return range(clause, sort);
  }
}

function equal(field: string, value: Scalar): Sql {
  const it = fieldSql(field);
  if (value === null) return sql(`${it} IS NULL`);
  if (typeof value === 'string') return sql(`${it} = ?`, value);
  if (typeof value === 'number') return sql(`${it} = ? AND ${isNumber(field)}`, value);
  return sql(`${it} = ? AND ${isBoolean(field)}`, Number(value));
}

function different(field: string, value: Scalar): Sql {
  const it = fieldSql(field);
  if (value === null) return sql(`${it} IS NOT NULL`);
  if (typeof value === 'string') return sql(`${it} IS NOT ?`, value);
  if (typeof value === 'number') return sql(`${it} IS NOT ? OR ${isBoolean(field)}`, value);
  return sql(`${typeSql(field)} IS NOT ?`, String(value));
}

/** However many: they are one value. */
const oneOf = (field: string, values: readonly string[]): Sql =>
  sql(`${fieldSql(field)} IN (SELECT value FROM json_each(?))`, JSON.stringify(values));

const COMPARISONS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/**
 * All text sorts behind all numbers, so the empty text is the bound between the two. A page is read
 * in the order of its sort: behind a plus no index is used for a range of anything else, since all
 * that it gives would then have to be sorted.
 */
function range(
  { field, op, value }: Extract<Clause, { op: keyof typeof COMPARISONS }>,
  sort: readonly SortKey[],
): Sql {
  const isBySort = sort.length === 0 || sort.some((key) => key.field === field);
  const it = isBySort ? fieldSql(field) : `+${fieldSql(field)}`;
  const compared = sql(`${it} ${COMPARISONS[op]} ?`, bound(value));
  if (typeof value === 'string') return joined([compared, sql(`${it} >= ''`)], 'AND');
  const type = typeof value === 'number' ? isNumber(field) : isBoolean(field);
  return joined([compared, sql(`${it} < ''`), sql(type)], 'AND');
}

/** A range of an index, and the order within it: a field that is the same throughout is not named. */
export interface Stretch {
  readonly within: Sql | undefined;
  readonly order: string;
}

/** What a page is read from, one after the other until it is full. */
export const stretchesOf = (plan: Plan): readonly Stretch[] =>
  plan.after
    ? stretchesBehind(ordered(plan), plan.after)
    : [{ within: undefined, order: orderBy(ordered(plan), plan.sort) }];

/**
 * What comes behind a place in the sort, in order: equal in all keys and behind it by id; equal in
 * all but the last and beyond it by that; …; beyond it by the first. Together in one condition they
 * would have to be sorted.
 */
function stretchesBehind(by: Ordered, place: CursorPlace): readonly Stretch[] {
  const { sort, keySql } = by;
  const boundAt = (at: number): unknown => bound(place.values[at] ?? null);
  const equals = sort.map(({ field }, at) => sql(`${keySql(field)} IS ?`, boundAt(at)));
  const byId = sql(tiesDescend(sort) ? 'id < ?' : 'id > ?', place.id);
  const stretch = (parts: readonly Sql[], left: readonly SortKey[]): Stretch => ({
    within: joined(parts, 'AND'),
    order: orderBy(by, left),
  });
  const beyond = sort.map((key, at) =>
    beyondSql(key, keySql(key.field), boundAt(at)).map(({ way, left }) =>
      stretch([...equals.slice(0, at), way], [...left, ...sort.slice(at + 1)]),
    ),
  );
  return [stretch([...equals, byId], []), ...beyond.reverse().flat()];
}

/** Descending, null comes last, and nothing behind it. */
function beyondSql(
  key: SortKey,
  it: string,
  value: unknown,
): readonly { readonly way: Sql; readonly left: readonly SortKey[] }[] {
  const left = [key];
  if (value === null) return key.descending ? [] : [{ way: sql(`${it} IS NOT NULL`), left }];
  if (!key.descending) return [{ way: sql(`${it} > ?`, value), left }];
  return [
    { way: sql(`${it} < ?`, value), left },
    { way: sql(`${it} IS NULL`), left: [] },
  ];
}
