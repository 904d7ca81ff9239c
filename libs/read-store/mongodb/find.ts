import type { Collection, Db } from 'mongodb';
import {
  countedBy,
  emptyPage,
  pageOf,
  planQuery,
  totalFromPage,
  totalUpTo,
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
import { readError } from './failures.ts';
import { filterOf, sortOf, stretchesOf } from './filter.ts';
import { keptTotal } from './groups.ts';
import type { Patience } from './patience.ts';
import { collectionOf, fromStored, type Stored } from './stored.ts';

/** @throws ReadTooSlow @throws the signal's reason */
export async function findPage(
  db: Db,
  spec: CollectionSpec,
  query: Query,
  patience: Patience,
): Promise<Page> {
  const collection = collectionOf(db, spec);
  const plan = planQuery(query);
  if (plan.impossible) return emptyPage;
  try {
    const found = await readPage(collection, plan, patience);
    const total = totalFromPage(plan, found) ?? (await totalOf(db, spec, plan, patience));
    return pageOf(plan, { found, total }, (doc) => doc);
  } catch (error) {
    patience.signal.throwIfAborted();
    throw readError(error);
  }
}

async function totalOf(
  db: Db,
  spec: CollectionSpec,
  plan: Plan,
  patience: Patience,
): Promise<Total> {
  const counted = countedBy(spec, plan);
  const kept = counted && (await keptTotal(db, spec, counted, patience));
  if (kept !== undefined) return { total: kept };
  const options = { ...patience, limit: MOST_COUNTED + 1 };
  return totalUpTo(await collectionOf(db, spec).countDocuments(filterOf(plan), options));
}

/** Stretch by stretch until there is one document more than the page shows. */
async function readPage(
  collection: Collection<Stored>,
  plan: Plan,
  patience: Patience,
): Promise<readonly StoredDoc[]> {
  const wanted = plan.limit + 1;
  const found: StoredDoc[] = [];
  for (const stretch of stretchesOf(plan)) {
    const page = await collection
      .find(filterOf(plan, stretch), { ...patience })
      .sort(sortOf(plan.sort))
      .skip(plan.offset)
      .limit(wanted - found.length)
      .toArray();
    found.push(...page.map(fromStored));
    if (found.length === wanted) break;
  }
  return found;
}
