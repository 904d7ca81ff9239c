import { checkField } from './checks.ts';
import { decodeCursor, encodeCursor, isScalar } from './cursor.ts';
import type { CursorPlace, SortKey } from './cursor.ts';
import {
  MOST_COUNTED,
  type CollectionSpec,
  type Condition,
  type Page,
  type Query,
  type Scalar,
  type StoredDoc,
} from './port.ts';
import { searchWords } from './text.ts';

export type RangeOperator = 'gt' | 'gte' | 'lt' | 'lte';

/** One condition on one field. A range holds only among values of its own type; `eq null` also where the field is missing. */
export type Clause =
  | { readonly field: string; readonly op: 'eq' | 'ne'; readonly value: Scalar }
  | { readonly field: string; readonly op: 'in'; readonly value: readonly string[] }
  | {
      readonly field: string;
      readonly op: RangeOperator;
      readonly value: Exclude<Scalar, null>;
    };

/** A query checked and taken apart: all that an adapter has to translate. */
export interface Plan {
  /** All must hold. */
  readonly clauses: readonly Clause[];
  /** Folded words, each of which must occur. */
  readonly words: readonly string[];
  readonly sort: readonly SortKey[];
  readonly limit: number;
  readonly offset: number;
  /** Only what comes behind this place in the sort. */
  readonly after: CursorPlace | undefined;
  /** No document can match, so the store need not be asked. */
  readonly impossible: boolean;
}

/** @throws InvalidCursor; @throws TypeError or RangeError where the caller broke the port's rules. */
export function planQuery(query: Query): Plan {
  const sort = (query.sort ?? []).map(({ field, descending = false }) => ({ field, descending }));
  sort.forEach(({ field }) => checkField(field));
  checkPaging(query);
  const clauses = Object.entries(query.filter ?? {}).flatMap(([field, condition]) =>
    clausesOf(field, condition),
  );
  const words = searchWords(query.search);
  return {
    clauses: clauses.filter((clause) => clause !== 'nothing'),
    words,
    sort,
    limit: query.limit,
    offset: query.offset ?? 0,
    after: query.after === undefined ? undefined : decodeCursor(sort, query.after),
    // Signs alone are no word: nothing begins with them.
    impossible: clauses.includes('nothing') || (words.length === 0 && isSaid(query.search)),
  };
}

const isSaid = (search = ''): boolean => search.trim() !== '';

function checkPaging({ limit, offset = 0, after }: Query): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw new RangeError(`limit must be 1 … 1000: ${limit}`);
  }
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new RangeError(`offset must be a whole number from 0: ${offset}`);
  }
  if (offset > 0 && after !== undefined) {
    throw new TypeError('offset and after are two ways of paging; choose one');
  }
}

function clausesOf(field: string, condition: Condition): readonly (Clause | 'nothing')[] {
  checkField(field);
  if (condition === null || typeof condition !== 'object') {
    return [{ field, op: 'eq', value: scalar(field, condition) }];
  }
  // A pattern or a date has no entries either, and would pass for a condition that wants nothing.
  if (Object.prototype.toString.call(condition) !== '[object Object]') {
    throw new TypeError(`filter ${field}: not a condition`);
  }
  return Object.entries(condition).map(([op, operand]) => clauseOf(field, op, operand));
}

/** What is no condition is refused, never passed over: a filter that is ignored shows too much. */
function clauseOf(field: string, op: string, operand: unknown): Clause | 'nothing' {
  switch (op) {
    case 'ne':
      return { field, op, value: scalar(field, operand) };
    case 'in':
      return { field, op, value: texts(field, operand) };
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte':
      return rangeOf(field, op, scalar(field, operand));
    default:
      throw new TypeError(`filter ${field}: no such condition`);
  }
}

/** Null is neither above nor below null, but equal to it. */
function rangeOf(field: string, op: RangeOperator, value: Scalar): Clause | 'nothing' {
  if (value !== null) return { field, op, value };
  return op === 'gt' || op === 'lt' ? 'nothing' : { field, op: 'eq', value };
}

function scalar(field: string, value: unknown): Scalar {
  if (isScalar(value)) return value;
  throw new TypeError(`filter ${field}: not a scalar`);
}

function texts(field: string, value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new TypeError(`filter ${field}: not a list of texts`);
}

export const emptyPage: Page = { items: [], total: 0 };

export type Total = Pick<Page, 'total' | 'totalIsAtLeast'>;

/** A page whose documents are still as an adapter found them. */
export type FoundPage<Row> = Omit<Page, 'items'> & { readonly items: readonly Row[] };

/** The page out of one document more than was asked for, which tells whether another page follows. */
export function pageOf<Row>(
  plan: Plan,
  { found, total }: { readonly found: readonly Row[]; readonly total: Total },
  toStored: (row: Row) => StoredDoc,
): FoundPage<Row> {
  const items = found.slice(0, plan.limit);
  const last = items.at(-1);
  if (last === undefined || found.length <= plan.limit) return { items, ...total };
  return { items, ...total, next: encodeCursor(plan.sort, toStored(last)) };
}

/** What was counted up to one more than is ever told. */
export const totalUpTo = (counted: number): Total =>
  counted > MOST_COUNTED ? { total: MOST_COUNTED, totalIsAtLeast: true } : { total: counted };

/** A condition on a field of a group. */
export type GroupClause = Extract<Clause, { op: 'eq' | 'ne' }> & { readonly value: string };

/** The counted group that knows the total, by its fields, and what is asked of them. */
export interface Counted {
  readonly fields: readonly string[];
  readonly clauses: readonly GroupClause[];
}

/** Undefined where no group knows it: its documents have to be counted. */
export function countedBy(
  { counted = [] }: Pick<CollectionSpec, 'counted'>,
  { clauses, words }: Plan,
): Counted | undefined {
  if (words.length > 0 || !clauses.every(isOfGroups)) return undefined;
  const asked = clauses.map(({ field }) => field);
  const fields = counted.find((group) => asked.every((field) => group.includes(field)));
  return fields && { fields, clauses };
}

const isOfGroups = (clause: Clause): clause is GroupClause =>
  (clause.op === 'eq' || clause.op === 'ne') && typeof clause.value === 'string';

/** How many match in all, where the page itself shows it and counting can be spared. */
export function totalFromPage(plan: Plan, found: readonly unknown[]): Total | undefined {
  if (plan.after || found.length > plan.limit) return undefined;
  const total = plan.offset + found.length;
  return found.length > 0 || plan.offset === 0 ? { total } : undefined;
}
