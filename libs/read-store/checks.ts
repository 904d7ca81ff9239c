import { Fenced, type CollectionSpec, type Doc, type Fence } from './port.ts';

/** Long enough for every read model; short enough for any server's namespace limit. */
const COLLECTION_NAME = /^[a-z][a-z0-9_]{0,99}$/;
/** Where the control records live. */
export const CONTROL = 'control';
/** Where MongoDB keeps how many documents each group has. */
export const GROUPS = 'groups';
/** Stricter than what a document may hold: these names become part of SQL and of MongoDB paths. */
const QUERY_FIELD = /^[A-Za-z][A-Za-z0-9_]{0,99}$/;

export const isCollectionName = (name: string): boolean =>
  COLLECTION_NAME.test(name) && name !== CONTROL && name !== GROUPS;

/** Faults of the calling code, not of the store: plain errors, thrown before anything is sent. */
export function checkCollection({ name }: Pick<CollectionSpec, 'name'>): void {
  if (!isCollectionName(name)) throw new TypeError(`not a collection name: ${quoted(name)}`);
}

/** Only a record that lies with the documents can be looked at together with them. */
export function checkFence({ name }: Pick<CollectionSpec, 'name'>, { key }: Fence): void {
  if (!key.endsWith(`:${name}`)) throw new TypeError(`not a record of ${name}: ${quoted(key)}`);
}

/** @throws Fenced */
export function requireVersion({ key, version }: Fence, found: number | undefined): void {
  if ((found ?? 0) === version) return;
  throw new Fenced(`${key} is at version ${found ?? 0}, no longer at ${version}`);
}

export function checkSpec(spec: CollectionSpec): void {
  checkCollection(spec);
  for (const fields of spec.indexes) {
    if (fields.length === 0) throw new TypeError(`${spec.name}: an index needs a field`);
    fields.forEach(checkField);
  }
  spec.searchable.forEach(checkField);
  spec.counted?.flat().forEach(checkField);
  spec.searchedWithin?.forEach(checkField);
}

export function checkField(field: string): void {
  if (!QUERY_FIELD.test(field)) throw new TypeError(`not a field name: ${quoted(field)}`);
}

/** Names seen to be good: read models use few, and documents come by the hundred thousand. */
const goodNames = new Set<string>();
const MOST_GOOD_NAMES = 10_000;

/** `_` begins the adapters' own fields, `$` operators, and `.` separates a path. */
export function checkDoc(id: string, doc: Doc): void {
  for (const name in doc) {
    if (goodNames.has(name)) continue;
    if (/^[_$]|[.\0]/.test(name) || name === '') {
      throw new TypeError(`document ${id}: not a field name: ${quoted(name)}`);
    }
    if (goodNames.size < MOST_GOOD_NAMES) goodNames.add(name);
  }
}

const quoted = (value: unknown): string => JSON.stringify(value).slice(0, 200);
