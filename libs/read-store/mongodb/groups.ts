import { randomUUID } from 'node:crypto';
import type { Collection, Db, Document, Filter } from 'mongodb';
import { GROUPS } from '../checks.ts';
import type { Counted, GroupClause } from '../plan.ts';
import type { CollectionSpec } from '../port.ts';
import type { Patience } from './patience.ts';
import { collectionOf } from './stored.ts';

/**
 * Documents counted by group, without multi-document transactions. Whoever is about to add to a
 * group says so in it, adds, and then counts what was added and says that it is done, in one write.
 * A group in which somebody is writing, or was when his process ended, is counted by whoever asks,
 * and put right by who writes next. So a total is exact at any moment.
 *
 * Where two write at once, each counts the whole group after his own documents are there. Who does so
 * first leaves the other named, with a mark: what he was about to add may have been counted already.
 */
interface Group {
  readonly _id: string;
  /** Its values, in the order of the fields. */
  readonly of: readonly string[];
  readonly n: number;
  /** Who is writing, or was a moment ago: names begin with when, and end with a mark. */
  readonly writing: readonly string[];
  /** How often it was counted as a whole: whoever counts sees whether another has meanwhile. */
  readonly settled?: number;
}

const BETWEEN = '\u0001';
const BEHIND = '\u0002';
/** Another writer at the same moment makes one go round again; there is one at a time. */
const MOST_ROUNDS = 10;

/** By then whoever said that he was writing has said that he is done, or his process has ended. */
const LONGEST_WRITE_MS = 60_000;
const MARK = '?';

const freshToken = (): string => `${Date.now()} ${randomUUID()}`;
const marked = (token: string): string => (token.endsWith(MARK) ? token : token + MARK);
/** Earlier releases named nobody with a time. */
const isAlive = (token: string): boolean =>
  Math.abs(Date.now() - Number(token.split(' ')[0])) < LONGEST_WRITE_MS;

const groups = (db: Db): Collection<Group> => db.collection<Group>(GROUPS);

const prefixOf = (...parts: readonly string[]): string =>
  parts.map((part) => part + BETWEEN).join('');

/** Every id that begins so. */
const beginning = (...parts: readonly string[]): Document => {
  const prefix = prefixOf(...parts);
  return { _id: { $gte: prefix, $lt: prefix.slice(0, -1) + BEHIND } };
};

/** Values in JSON, which escapes what stands between them. */
const idOf = ({ name }: Named, fields: readonly string[], of: readonly string[]): string =>
  prefixOf(name, fields.join(), ...of.map((value) => JSON.stringify(value)));

type Named = Pick<CollectionSpec, 'name'>;

/** One group, and by how much it changes. */
export interface Change {
  readonly fields: readonly string[];
  readonly of: readonly string[];
  readonly by: number;
}

const filterOfGroup = ({ fields, of }: Pick<Change, 'fields' | 'of'>): Document => ({
  $and: fields.map((field, at) => ({ [field]: isValue(of[at] ?? '') })),
});

/** What is no text counts as the empty one. */
const isValue = (value: string): Document =>
  value === '' ? { $not: { $gt: '' } } : { $eq: value };

/** Documents that are written: as they were, as they will be, and those that are there already. */
export interface Writing {
  readonly pairs: readonly (readonly [before: Document | undefined, now: Document | undefined])[];
  readonly repeated?: readonly Document[];
}

/**
 * The groups that are written in, and by how much each changes. By nothing, too: who was there before
 * may not have come to count what he wrote.
 */
export function changesOf(
  { counted = [] }: CollectionSpec,
  { pairs, repeated = [] }: Writing,
): readonly Change[] {
  const changes = new Map<string, Change>();
  const count = (fields: readonly string[], of: readonly string[], by: number): void => {
    const key = JSON.stringify([fields, of]);
    changes.set(key, { fields, of, by: (changes.get(key)?.by ?? 0) + by });
  };
  for (const fields of counted) {
    const groupOf = (doc: Document): readonly string[] => fields.map((field) => textOf(doc[field]));
    for (const [before, now] of pairs) {
      const [left, entered] = [before && groupOf(before), now && groupOf(now)];
      if (JSON.stringify(left) === JSON.stringify(entered)) continue;
      if (left) count(fields, left, -1);
      if (entered) count(fields, entered, 1);
    }
    for (const doc of repeated) count(fields, groupOf(doc), 0);
  }
  return [...changes.values()];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * Writes documents between saying so and counting them. Answers what `write` does: whether it all
 * went as the changes say; where it did not, the groups are counted anew.
 */
export async function counting(
  db: Db,
  spec: CollectionSpec,
  changes: readonly Change[],
  write: () => Promise<boolean>,
): Promise<boolean> {
  if (changes.length === 0) return write();
  const token = freshToken();
  await groups(db).bulkWrite(
    changes.map(({ fields, of }) => ({
      updateOne: {
        filter: { _id: idOf(spec, fields, of) },
        update: { $addToSet: { writing: token }, $setOnInsert: { of, n: 0 } },
        upsert: true,
      },
    })),
  );
  const isAsSaid = await write();
  if (isAsSaid && (await isCounted(db, spec, { changes, token }))) return true;
  for (const change of changes) await settle(db, spec, { change, token });
  return isAsSaid;
}

/** Counts what was added, where nobody else was writing; answers whether all of it. */
async function isCounted(
  db: Db,
  spec: CollectionSpec,
  { changes, token }: { readonly changes: readonly Change[]; readonly token: string },
): Promise<boolean> {
  const { matchedCount } = await groups(db).bulkWrite(
    changes.map(({ fields, of, by }) => ({
      updateOne: {
        filter: { _id: idOf(spec, fields, of), writing: [token] },
        update: { $inc: { n: by }, $set: { writing: [] } },
      },
    })),
  );
  return matchedCount === changes.length;
}

/** Counts a group anew, after whoever is named so has written. Another who writes does the same behind it. */
async function settle(
  db: Db,
  spec: CollectionSpec,
  { change, token }: { readonly change: Change; readonly token: string },
): Promise<void> {
  const _id = idOf(spec, change.fields, change.of);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    // Named again where another, who was quicker, has struck out the name: nobody else adds to the
    // sum, but counts, as long as it stands there.
    await groups(db).updateOne({ _id }, { $addToSet: { writing: token } });
    const found = await groups(db).findOne({ _id });
    if (!found) return;
    const { writing, settled } = found;
    const n = await collectionOf(db, spec).countDocuments(filterOfGroup(change));
    const others = writing.filter((one) => marked(one) !== marked(token) && isAlive(one));
    const { matchedCount } = await groups(db).updateOne(
      { _id, writing: [...writing], settled: settled ?? null } as Filter<Group>,
      { $set: { n, writing: others.map(marked), settled: (settled ?? 0) + 1 } },
    );
    if (matchedCount === 1) return;
  }
}

/** Where the collection's groups are all there: what is not named is empty. */
const readyOf = ({ name }: Named): string => prefixOf(name) + BEHIND;

/** Counts a collection that nobody else writes to; again changes nothing. */
export async function beginCounting(db: Db, spec: CollectionSpec): Promise<void> {
  const { counted = [] } = spec;
  const ready = { _id: readyOf(spec) };
  if (counted.length === 0 || (await groups(db).findOne(ready))) return;
  for (const fields of counted) await countAll(db, spec, fields);
  await groups(db).updateOne(ready, { $set: { of: [], n: 0, writing: [] } }, { upsert: true });
}

async function countAll(db: Db, spec: CollectionSpec, fields: readonly string[]): Promise<void> {
  const _id = Object.fromEntries(fields.map((field) => [field, `$${field}`]));
  const found = collectionOf(db, spec).aggregate<{ _id: Document; n: number }>(
    [{ $group: { _id, n: { $sum: 1 } } }],
    { allowDiskUse: true },
  );
  const sums = new Map<string, Pick<Group, 'of' | 'n'>>();
  for await (const { _id: values, n } of found) {
    const of = fields.map((field) => textOf(values[field]));
    const id = idOf(spec, fields, of);
    sums.set(id, { of, n: n + (sums.get(id)?.n ?? 0) });
  }
  for (const [id, group] of sums) {
    await groups(db).updateOne({ _id: id }, { $set: { ...group, writing: [] } }, { upsert: true });
  }
}

/** The sum of the groups that are asked for; undefined where they were never counted. */
export async function keptTotal(
  db: Db,
  spec: CollectionSpec,
  { fields, clauses }: Counted,
  patience: Patience,
): Promise<number | undefined> {
  const equal = fields.map((field) =>
    clauses.find((one) => one.field === field && one.op === 'eq'),
  );
  const known = equal.slice(0, [...equal, undefined].indexOf(undefined));
  const values = known.map((clause) => JSON.stringify(clause?.value));
  const [ready, found] = await Promise.all([
    groups(db).findOne({ _id: readyOf(spec) }, { ...patience }),
    groups(db)
      .find(beginning(spec.name, fields.join(), ...values), { ...patience })
      .toArray(),
  ]);
  if (!ready) return undefined;
  const wanted = found.filter(({ of }) =>
    clauses.every((clause) => holds(clause, of[fields.indexOf(clause.field)])),
  );
  const counts = await Promise.all(
    wanted.map(async ({ of, n, writing }) => {
      if (writing.length === 0) return n;
      return collectionOf(db, spec).countDocuments(filterOfGroup({ fields, of }), { ...patience });
    }),
  );
  return counts.reduce((sum, n) => sum + n, 0);
}

const holds = ({ op, value }: GroupClause, is: string | undefined): boolean =>
  (value === is) === (op === 'eq');

export async function removeGroupsOf(db: Db, { name }: Named): Promise<void> {
  await groups(db).deleteMany(beginning(name));
}

/** The fields of a document that are counted, beside its position. */
export const countedFields = ({ counted = [] }: CollectionSpec): Document =>
  Object.fromEntries(counted.flat().map((field) => [field, 1]));
