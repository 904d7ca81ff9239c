import type { Database } from 'better-sqlite3';
import {
  countedBy,
  emptyPage,
  pageOf,
  planQuery,
  totalFromPage,
  totalUpTo,
  type Counted,
  type FoundPage,
  type Plan,
  type Total,
} from '../plan.ts';
import { MOST_COUNTED, type CollectionSpec, type Query } from '../port.ts';
import { tableOf } from './collections.ts';
import { COLUMNS, ifThere, toStored } from './documents.ts';
import { groupTable } from './groups.ts';
import type { Statements } from './statements.ts';
import { stretchesOf, where } from './where.ts';
import { matchOf, rowsThatMatch } from './words.ts';

/**
 * One page and its total, both as of the same moment, as the JSON of a `Page`: documents are stored
 * as JSON, and go into it as they are.
 */
export function createFind(db: Database, statements: Statements) {
  const read = db.transaction((spec: CollectionSpec, plan: Plan): FoundPage<Row> => {
    const source = sourceOf(statements, spec, plan);
    const found = readPage(statements, source, plan);
    const total =
      totalFromPage(plan, found) ?? source.total ?? totalOf(statements, spec, source, plan);
    return pageOf(plan, { found, total }, toStored);
  });
  return (spec: CollectionSpec, query: Query): string => {
    const plan = planQuery(query);
    if (plan.impossible) return NOTHING;
    return ifThere(() => pageText(read(spec, plan)), NOTHING);
  };
}

type Row = readonly unknown[];

const NOTHING = JSON.stringify(emptyPage);

function pageText({ items, ...facts }: FoundPage<Row>): string {
  const texts = items.map((row) => {
    const [id, position, doc] = row as readonly [string, string, string];
    return `{"id":${JSON.stringify(id)},"position":${JSON.stringify(position)},"doc":${doc}}`;
  });
  return `{"items":[${texts.join()}],${JSON.stringify(facts).slice(1)}`;
}

/** What is read from: the documents, or those of them that have the words. */
interface Source {
  readonly from: string;
  readonly values: readonly unknown[];
  readonly total?: Total;
}

/**
 * As many as these are read and sorted for a page; of more, the page is soon full when the documents
 * are looked through in the order of the sort.
 */
const MOST_SORTED = 2 * MOST_COUNTED;

function sourceOf(statements: Statements, spec: CollectionSpec, plan: Plan): Source {
  const table = tableOf(spec);
  const match = matchOf(spec, plan);
  const all = { from: table, values: [] };
  if (match === undefined) return all;
  // A collection of an earlier release has no index of words.
  const rows = ifThere(() => rowsThatMatch(statements, spec, match, MOST_SORTED + 1), undefined);
  if (!rows) return all;
  if (rows.length > MOST_SORTED) {
    const isNarrowed = plan.clauses.length > (spec.searchedWithin?.length ?? 0);
    return isNarrowed ? all : { ...all, total: totalUpTo(rows.length) };
  }
  // CROSS JOIN: SQLite goes through the rows, and looks each up.
  const from = `(SELECT value AS hit FROM json_each(?)) CROSS JOIN ${table} ON ${table}.row = hit`;
  return { from, values: [JSON.stringify(rows)] };
}

/** Stretch by stretch until there is one document more than the page shows. */
function readPage(statements: Statements, source: Source, plan: Plan): readonly Row[] {
  const wanted = plan.limit + 1;
  const found: Row[] = [];
  for (const { within, order } of stretchesOf(plan)) {
    const { text, values } = where(plan, within);
    const select = `SELECT ${COLUMNS} FROM ${source.from} ${text} ${order} LIMIT ? OFFSET ?`;
    const rows = statements(select).all(
      ...source.values,
      ...values,
      wanted - found.length,
      plan.offset,
    );
    found.push(...rows);
    if (found.length === wanted) break;
  }
  return found;
}

function totalOf(statements: Statements, spec: CollectionSpec, source: Source, plan: Plan): Total {
  const counted = countedBy(spec, plan);
  // A collection of an earlier release has no such table.
  const kept = counted && ifThere(() => sumOf(statements, spec, counted), undefined);
  return kept === undefined ? totalUpTo(count(statements, source, plan)) : { total: kept };
}

function sumOf(statements: Statements, spec: CollectionSpec, { fields, clauses }: Counted): number {
  const asked = clauses.map(({ field, op }) => `"${field}" ${op === 'eq' ? '=' : '<>'} ?`);
  const where = asked.length === 0 ? '' : `WHERE ${asked.join(' AND ')}`;
  const values = clauses.map(({ value }) => value);
  const sum = `SELECT sum(n) FROM ${groupTable(spec, fields)} ${where}`;
  return Number(statements(sum).get(...values)?.[0] ?? 0);
}

/** In whatever order is quickest, and no further than it is told. */
function count(statements: Statements, source: Source, plan: Plan): number {
  const { text, values } = where({ ...plan, sort: [] });
  const some = `SELECT 1 FROM ${source.from} ${text} LIMIT ?`;
  const row = statements(`SELECT count(*) FROM (${some})`).get(
    ...source.values,
    ...values,
    MOST_COUNTED + 1,
  );
  return Number(row?.[0]);
}
