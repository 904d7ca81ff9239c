import type { Condition, Doc, Query, Scalar, StoredDoc } from '#read-store';
import { byBytes } from './context.ts';

/** What the port says of queries, in its plainest form. */

export type Order = NonNullable<Query['sort']>;

const RANKS = ['null', 'number', 'string', 'boolean'];
const rank = (value: Scalar): number => RANKS.indexOf(value === null ? 'null' : typeof value);

function compareScalars(a: Scalar, b: Scalar): number {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'string' && typeof b === 'string') return byBytes(a, b);
  return Number(a) - Number(b);
}

export const fieldOf = (doc: Doc, field: string): Scalar => (doc[field] ?? null) as Scalar;

export function inOrder(docs: readonly StoredDoc[], order: Order): StoredDoc[] {
  return [...docs].sort((a, b) => {
    for (const { field, descending } of order) {
      const compared = compareScalars(fieldOf(a.doc, field), fieldOf(b.doc, field));
      if (compared !== 0) return descending ? -compared : compared;
    }
    // Ties go by the id, in the direction of the last key.
    return order.at(-1)?.descending ? byBytes(b.id, a.id) : byBytes(a.id, b.id);
  });
}

export function holds(value: Scalar, condition: Condition): boolean {
  if (condition === null || typeof condition !== 'object') return value === condition;
  return Object.entries(condition).every(([op, operand]) => {
    if (Array.isArray(operand)) return operand.some((one) => one === value);
    const bound = operand as Scalar;
    if (op === 'ne') return value !== bound;
    if (rank(value) !== rank(bound)) return false;
    const compared = compareScalars(value, bound);
    if (op === 'gt') return compared > 0;
    if (op === 'gte') return compared >= 0;
    return op === 'lt' ? compared < 0 : compared <= 0;
  });
}
