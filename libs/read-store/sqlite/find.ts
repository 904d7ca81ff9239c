import type { Database } from 'better-sqlite3';
import {
  countedBy,
  emptyPage,
  pageOf,
  planQuery,
  totalFromPage,
  totalUpTo,
  type Counted,
  type Plan,
  type Total,
} from '../plan.ts';
import {
  MOST_COUNTED,
  type CollectionSpec,
  type Page,
  type Query,
  type StoredDoc,
} from '../port.ts';
import { tableOf } from './collections.ts';
import { COLUMNS, ifThere, toStored } from './documents.ts';
import { groupTable } from './groups.ts';
import type { Statements } from './statements.ts';
import { stretchesOf, where } from './where.ts';

/** One page and its total, both as of the same moment. */
export function createFind(db: Database, statements: Statements) {
  const read = db.transaction((spec: CollectionSpec, plan: Plan): Page => {
    const found = readPage(statements, tableOf(spec), plan);
    return pageOf(plan, found, totalFromPage(plan, found) ?? totalOf(statements, spec, plan));
  });
  return (spec: CollectionSpec, query: Query): Page => {
    const plan = planQuery(query);
    if (plan.impossible) return emptyPage;
    return ifThere(() => read(spec, plan), emptyPage);
  };
}

/** Stretch by stretch until there is one document more than the page shows. */
function readPage(statements: Statements, table: string, plan: Plan): readonly StoredDoc[] {
  const wanted = plan.limit + 1;
  const found: StoredDoc[] = [];
  for (const { within, order } of stretchesOf(plan)) {
    const { text, values } = where(plan, within);
    const select = `SELECT ${COLUMNS} FROM ${table} ${text} ${order} LIMIT ? OFFSET ?`;
    const rows = statements(select).all(...values, wanted - found.length, plan.offset);
    found.push(...rows.map(toStored));
    if (found.length === wanted) break;
  }
  return found;
}

function totalOf(statements: Statements, spec: CollectionSpec, plan: Plan): Total {
  const counted = countedBy(spec, plan);
  // A collection of an earlier release has no such table.
  const kept = counted && ifThere(() => sumOf(statements, spec, counted), undefined);
  return kept === undefined ? totalUpTo(count(statements, tableOf(spec), plan)) : { total: kept };
}

function sumOf(statements: Statements, spec: CollectionSpec, { fields, clauses }: Counted): number {
  const asked = clauses.map(({ field, op }) => `"${field}" ${op === 'eq' ? '=' : '<>'} ?`);
  const where = asked.length === 0 ? '' : `WHERE ${asked.join(' AND ')}`;
  const values = clauses.map(({ value }) => value);
  const sum = `SELECT sum(n) FROM ${groupTable(spec, fields)} ${where}`;
  return Number(statements(sum).get(...values)?.[0] ?? 0);
}

/** In whatever order is quickest, and no further than it is told. */
function count(statements: Statements, table: string, plan: Plan): number {
  const { text, values } = where({ ...plan, sort: [] });
  const some = `SELECT 1 FROM ${table} ${text} LIMIT ?`;
  const row = statements(`SELECT count(*) FROM (${some})`).get(...values, MOST_COUNTED + 1);
  return Number(row?.[0]);
}
