import type { Database } from 'better-sqlite3';
import { emptyPage, pageOf, planQuery, totalFromPage, type Plan } from '../plan.ts';
import type { CollectionSpec, Page, Query, StoredDoc } from '../port.ts';
import { tableOf } from './collections.ts';
import { COLUMNS, ifThere, toStored } from './documents.ts';
import type { Statements } from './statements.ts';
import { orderBy, where } from './where.ts';

/** One page and its total, both as of the same moment. */
export function createFind(db: Database, statements: Statements) {
  const read = db.transaction((table: string, plan: Plan): Page => {
    const found = readPage(statements, table, plan);
    return pageOf(plan, found, totalFromPage(plan, found) ?? count(statements, table, plan));
  });
  return (spec: CollectionSpec, query: Query): Page => {
    const plan = planQuery(query);
    if (plan.impossible) return emptyPage;
    return ifThere(() => read(tableOf(spec), plan), emptyPage);
  };
}

function readPage(statements: Statements, table: string, plan: Plan): readonly StoredDoc[] {
  const { text, values } = where(plan, plan.after);
  const order = orderBy(plan.sort);
  return statements(`SELECT ${COLUMNS} FROM ${table} ${text} ${order} LIMIT ? OFFSET ?`)
    .all(...values, plan.limit + 1, plan.offset)
    .map(toStored);
}

function count(statements: Statements, table: string, plan: Plan): number {
  const { text, values } = where(plan);
  const [row] = statements(`SELECT count(*) FROM ${table} ${text}`).all(...values);
  return Number(row?.[0]);
}
