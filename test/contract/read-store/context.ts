import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import type { CollectionSpec, Doc, Page, Query, ReadStore, StoredDoc } from '#read-store';

export interface OpenedReadStore {
  readonly store: ReadStore;
  /** Another store on the same data, as another process would open it; closed by the suite. */
  reopen(): Promise<ReadStore>;
  /** The same, with a millisecond for each read; closed by who asks for it. */
  hurried(): Promise<ReadStore>;
  dispose(): Promise<void>;
}

/** What every sentence is said about. The stores are there once the sentences run. */
export interface Context {
  readonly store: ReadStore;
  /** Another on the same data. */
  readonly other: ReadStore;
  readonly hurried: () => Promise<ReadStore>;
}

/** Longest time one sentence may take on a shared server. */
const TIMEOUT_MS = 60_000;

/** Opens the stores before the sentences of this describe, and closes them behind the last. */
export function contextOf(open: () => Promise<OpenedReadStore>): Context {
  let opened: OpenedReadStore;
  let other: ReadStore;
  beforeAll(async () => {
    opened = await open();
    other = await opened.reopen();
  }, TIMEOUT_MS);
  afterAll(async () => {
    await other.close();
    await opened.store.close();
    await opened.dispose();
  }, TIMEOUT_MS);
  return {
    get store() {
      return opened.store;
    },
    get other() {
      return other;
    },
    hurried: () => opened.hurried(),
  };
}

/** Each sentence keeps to a collection of its own. */
export function newSpec(rest: Partial<CollectionSpec> = {}): CollectionSpec {
  const name = `contract_${randomBytes(6).toString('hex')}`;
  return { name, indexes: [], searchable: [], ...rest };
}

/** Positions as text that sorts as the numbers do. */
export const at = (position: number): string => String(position).padStart(8, '0');
export const stored = (id: string, doc: Doc, position = 1): StoredDoc => ({
  id,
  position: at(position),
  doc,
});

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export const idsOf = (docs: readonly StoredDoc[]): string[] => docs.map(({ id }) => id);
export const sorted = (texts: readonly string[]): string[] => [...texts].sort(byBytes);
export const byBytes = (a: string, b: string): number =>
  Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Every page of a query, following the cursors. */
export async function walk(store: ReadStore, spec: CollectionSpec, query: Query): Promise<Page[]> {
  const pages: Page[] = [];
  let after: string | undefined;
  do {
    const page: Page = await store.find(spec, after === undefined ? query : { ...query, after });
    pages.push(page);
    after = page.next;
  } while (after !== undefined && pages.length < 1000);
  return pages;
}

/** The collection, with these documents in it. */
export async function fill(
  { store }: Context,
  spec: CollectionSpec,
  docs: readonly StoredDoc[],
): Promise<void> {
  await store.ensure(spec);
  await store.put(spec, docs);
}

/** A collection with these documents in it. */
export async function filled(
  ctx: Context,
  docs: readonly StoredDoc[],
  rest: Partial<CollectionSpec> = {},
): Promise<CollectionSpec> {
  const spec = newSpec(rest);
  await fill(ctx, spec, docs);
  return spec;
}
