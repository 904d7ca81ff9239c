import type { Database } from 'better-sqlite3';
import { emptyPage, pageOf, planQuery, totalFromPage, type Plan } from '../plan.ts';
import type { CollectionSpec, Page, Query, StoredDoc } from '../port.ts';
import { tableOf } from './collections.ts';
import { COLUMNS, ifThere, toStored } from './documents.ts';
import type { Statements } from './statements.ts';
import { stretchesOf, where } from './where.ts';

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

function count(statements: Statements, table: string, plan: Plan): number {
  const { text, values } = where(plan);
  const [row] = statements(`SELECT count(*) FROM ${table} ${text}`).all(...values);
  return Number(row?.[0]);
}
