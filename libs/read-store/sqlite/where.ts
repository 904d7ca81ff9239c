import { tiesDescend, type CursorPlace, type SortKey } from '../cursor.ts';
import type { Clause, Plan } from '../plan.ts';
import type { Scalar } from '../port.ts';
import { fieldSql } from './collections.ts';

/** SQL with its values, which are only ever bound. */
export interface Sql {
  readonly text: string;
  readonly values: readonly unknown[];
}

const sql = (text: string, ...values: unknown[]): Sql => ({ text, values });

function joined(parts: readonly Sql[], by: 'AND' | 'OR'): Sql {
  const text = parts.map((part) => `(${part.text})`).join(` ${by} `);
  return { text, values: parts.flatMap((part) => part.values) };
}

/** `WHERE …` for the filter and search, and behind the cursor where one is given; or nothing. */
export function where(plan: Plan, after?: CursorPlace): Sql {
  const parts = [
    ...plan.clauses.map(clauseSql),
    ...plan.words.map((word) => sql('instr(search, ?) > 0', word)),
    ...(after ? behind(plan.sort, after) : []),
  ];
  if (parts.length === 0) return sql('');
  const all = joined(parts, 'AND');
  return { text: `WHERE ${all.text}`, values: all.values };
}

/** Ascending, SQLite puts null (and missing) first, then numbers, then text by its bytes. */
export function orderBy(sort: readonly SortKey[]): string {
  const keys = sort.map(
    ({ field, descending }) => `${fieldSql(field)}${descending ? ' DESC' : ''}`,
  );
  return `ORDER BY ${[...keys, tiesDescend(sort) ? 'id DESC' : 'id'].join(', ')}`;
}

/** Booleans come out of JSON as the numbers 1 and 0, so a value's type is asked for beside it. */
const typeSql = (field: string): string => `json_type(doc, '$.${field}')`;
const isNumber = (field: string): string => `${typeSql(field)} IN ('integer', 'real')`;
const isBoolean = (field: string): string => `${typeSql(field)} IN ('true', 'false')`;
const bound = (value: Scalar): unknown => (typeof value === 'boolean' ? Number(value) : value);

function clauseSql(clause: Clause): Sql {
  switch (clause.op) {
    case 'eq':
      return equal(clause.field, clause.value);
    case 'ne':
      return different(clause.field, clause.value);
    default:
      return range(clause);
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

const COMPARISONS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** All text sorts behind all numbers, so the empty text is the bound between the two. */
function range({ field, op, value }: Extract<Clause, { op: keyof typeof COMPARISONS }>): Sql {
  const it = fieldSql(field);
  const compared = sql(`${it} ${COMPARISONS[op]} ?`, bound(value));
  if (typeof value === 'string') return joined([compared, sql(`${it} >= ''`)], 'AND');
  const type = typeof value === 'number' ? isNumber(field) : isBoolean(field);
  return joined([compared, sql(`${it} < ''`), sql(type)], 'AND');
}

/**
 * What comes behind a place in the sort: beyond it by the first key; or equal there and beyond it
 * by the second; …; or equal in all and behind it by id.
 */
function behind(sort: readonly SortKey[], { values, id }: CursorPlace): readonly Sql[] {
  const equals = sort.map(({ field }, at) => sql(`${fieldSql(field)} IS ?`, boundAt(values, at)));
  const beyond = [
    ...sort.map((key, at) => beyondSql(key, boundAt(values, at))),
    sql(tiesDescend(sort) ? 'id < ?' : 'id > ?', id),
  ];
  const ways = beyond.flatMap((way, at) =>
    way ? [joined([...equals.slice(0, at), way], 'AND')] : [],
  );
  return [joined(ways, 'OR'), ...seek(sort[0], boundAt(values, 0))];
}

const boundAt = (values: readonly Scalar[], at: number): unknown => bound(values[at] ?? null);

/** Undefined where nothing is: descending, nothing comes behind null. */
function beyondSql({ field, descending }: SortKey, value: unknown): Sql | undefined {
  const it = fieldSql(field);
  if (value === null) return descending ? undefined : sql(`${it} IS NOT NULL`);
  return descending ? sql(`${it} < ? OR ${it} IS NULL`, value) : sql(`${it} > ?`, value);
}

/** Says once more, in a form for which an index is used, where to begin reading. */
function seek(first: SortKey | undefined, value: unknown): readonly Sql[] {
  if (!first || first.descending || value === null) return [];
  return [sql(`${fieldSql(first.field)} >= ?`, value)];
}
