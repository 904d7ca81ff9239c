import type { Document, Filter, Sort } from 'mongodb';
import { tiesDescend, type CursorPlace, type SortKey } from '../cursor.ts';
import type { Clause, Plan } from '../plan.ts';
import type { Scalar } from '../port.ts';
import type { Stored } from './stored.ts';

/**
 * The filter for a plan. Operators are built here and only here; what came from outside stands
 * only where MongoDB expects a value, and always behind an explicit operator.
 */
export function filterOf(plan: Plan, stretch?: Document): Filter<Stored> {
  const parts: Document[] = [
    ...plan.clauses.map(clauseFilter),
    ...plan.words.map((word) => ({ _words: { $regex: `^${literally(word)}` } })),
    ...(stretch ? [stretch] : []),
  ];
  return parts.length === 0 ? {} : { $and: parts };
}

/** MongoDB too puts null and missing first, then numbers, then text by its bytes. */
export const sortOf = (sort: readonly SortKey[]): Sort => [
  ...sort.map(({ field, descending }): [string, 1 | -1] => [field, descending ? -1 : 1]),
  ['_id', tiesDescend(sort) ? -1 : 1],
];

/** A pattern that matches the text itself, in PCRE as in RE2. */
export const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const clauseFilter = ({ field, op, value }: Clause): Document => ({
  [field]: { [`$${op}`]: value },
});

/** The ranges a page is read from, one after the other until it is full. */
export const stretchesOf = ({ sort, after }: Plan): readonly (Document | undefined)[] =>
  after ? stretchesBehind(sort, after) : [undefined];

/**
 * What comes behind a place in the sort, as stretches in order, each one range of an index: equal in
 * all keys and behind it by id; equal in all but the last and beyond it by that; …; beyond it by the
 * first.
 */
function stretchesBehind(
  sort: readonly SortKey[],
  { values, id }: CursorPlace,
): readonly Document[] {
  const valueAt = (at: number): Scalar => values[at] ?? null;
  const equals = sort.map(({ field }, at): Document => ({ [field]: { $eq: valueAt(at) } }));
  const byId = { _id: { [tiesDescend(sort) ? '$lt' : '$gt']: id } };
  const beyondIt = sort.flatMap((key, at) =>
    beyond(key, valueAt(at)).map((way) => [...equals.slice(0, at), way]),
  );
  const shortestFirst = beyondIt.sort((a, b) => b.length - a.length);
  return [[...equals, byId], ...shortestFirst].map((parts) => ({ $and: parts }));
}

/** Types in the order they sort in; each as the condition that every value of it fulfils. */
const TYPES = [
  { type: 'null', any: { $eq: null } },
  { type: 'number', any: { $gte: -Number.MAX_VALUE } },
  { type: 'string', any: { $gte: '' } },
  { type: 'boolean', any: { $gte: false } },
] as const;

/** In order. A comparison holds within a type only, so types further on are named beside it. */
function beyond({ field, descending }: SortKey, value: Scalar): readonly Document[] {
  const type = value === null ? 'null' : typeof value;
  const at = TYPES.findIndex((one) => one.type === type);
  const further = descending ? TYPES.slice(0, at).reverse() : TYPES.slice(at + 1);
  const within = value === null ? [] : [{ [descending ? '$lt' : '$gt']: value }];
  return [...within, ...further.map(({ any }) => any)].map((condition) => ({ [field]: condition }));
}
