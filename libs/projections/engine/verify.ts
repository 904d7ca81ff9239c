import type { EventStore } from '#event-store';
import type { ReadStore, StoredDoc } from '#read-store';
import type { Projection } from '../projection.ts';
import { exclusionsOf, skippedOnly } from './exclusions.ts';
import { readFaults } from './faults.ts';
import { fillAll, START } from './fill.ts';
import { requireLive } from './generations.ts';
import { readCheckpoint } from './target.ts';

export type Difference =
  | { readonly kind: 'missing'; readonly id: string }
  | { readonly kind: 'surplus'; readonly id: string }
  | { readonly kind: 'different'; readonly id: string; readonly fields: readonly string[] };

export interface Verification {
  /** Documents compared. */
  readonly documents: number;
  /** Documents that moved on while they were being compared; not judged. */
  readonly moved: number;
  readonly differences: readonly Difference[];
}

/** Differences kept for printing; beyond them only their number would be news. */
const MOST_DIFFERENCES = 1000;

/**
 * Folds the log anew into a scratch store, up to the live collection's checkpoint, and compares
 * every document. Both are walked in order of id, so memory stays bounded.
 */
export async function verify(
  stores: {
    readonly eventStore: EventStore;
    readonly readStore: ReadStore;
    readonly scratch: ReadStore;
  },
  projection: Projection,
): Promise<Verification> {
  const { eventStore, readStore, scratch } = stores;
  const { spec } = await requireLive(readStore, projection);
  const { position } = await readCheckpoint(readStore, spec);
  if (position !== undefined) {
    const into = { ...spec, indexes: [] };
    const { skipped } = await skippedOnly(readStore, projection);
    const { parked } = await readFaults(readStore, spec);
    const exclusions = exclusionsOf(skipped, parked);
    const load = await scratch.load(into);
    const filling = {
      projection,
      spec: into,
      load,
      reached: START,
      exclusions,
      parked: [],
      parks: false,
    };
    await fillAll({ eventStore, readStore: scratch }, [filling], { until: position });
  }
  const result = { documents: 0, moved: 0, differences: [] as Difference[] };
  for await (const [folded, live] of pairs(scratch.scan(spec), readStore.scan(spec))) {
    result.documents += 1;
    if (live && (position === undefined || live.position > position)) result.moved += 1;
    else {
      const difference = compare(folded, live);
      if (difference && result.differences.length < MOST_DIFFERENCES) {
        result.differences.push(difference);
      }
    }
  }
  return result;
}

function compare(
  folded: StoredDoc | undefined,
  live: StoredDoc | undefined,
): Difference | undefined {
  if (!folded) return live && { kind: 'surplus', id: live.id };
  if (!live) return { kind: 'missing', id: folded.id };
  const fields = differingFields(
    { ...folded.doc, '(position)': folded.position },
    {
      ...live.doc,
      '(position)': live.position,
    },
  );
  return fields.length > 0 ? { kind: 'different', id: folded.id, fields } : undefined;
}

function differingFields(a: object, b: object): string[] {
  const [left, right] = [
    new Map<string, unknown>(Object.entries(a)),
    new Map<string, unknown>(Object.entries(b)),
  ];
  const names = new Set([...left.keys(), ...right.keys()]);
  return [...names].filter((name) => canonical(left.get(name)) !== canonical(right.get(name)));
}

/** JSON with object keys in one order; an absent field differs from every value. */
function canonical(value: unknown): string {
  if (value === undefined) return 'absent';
  return JSON.stringify(value, (_key, inner: unknown) =>
    isPlainObject(inner) ? sorted(inner) : inner,
  );
}

const isPlainObject = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const sorted = (value: object): object =>
  Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Walks two scans in order of id side by side. */
async function* pairs(
  left: AsyncIterable<StoredDoc>,
  right: AsyncIterable<StoredDoc>,
): AsyncGenerator<[StoredDoc | undefined, StoredDoc | undefined]> {
  const [a, b] = [left[Symbol.asyncIterator](), right[Symbol.asyncIterator]()];
  let [x, y] = await Promise.all([a.next(), b.next()]);
  while (!x.done || !y.done) {
    const order = x.done ? 1 : y.done ? -1 : compareIds(x.value.id, y.value.id);
    yield [
      order <= 0 ? (x.value as StoredDoc) : undefined,
      order >= 0 ? (y.value as StoredDoc) : undefined,
    ];
    if (order <= 0) x = await a.next();
    if (order >= 0) y = await b.next();
  }
}

/** Both stores order ids by their UTF-8 bytes. */
const compareIds = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
