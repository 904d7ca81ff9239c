import { streamPrefixes } from '#domain';
import type { EventStore, Position, RecordedEvent } from '#event-store';
import type { CollectionSpec, Doc, Load, ReadStore, StoredDoc } from '#read-store';
import {
  lowest,
  reachedBy,
  readCheckpoint,
  recordOf,
  saveCheckpoint,
  START,
  type Reached,
  type Target,
} from '../folding/checkpoint.ts';
import { EventFault } from '../folding/event-fault.ts';
import { admitted, exclusionsOf, type Exclusions } from '../folding/exclusions.ts';
import { folded, projectedEvents } from '../folding/fold.ts';
import { MOST_PARKED, withOne } from '../ledger/faults.ts';
import type { Parked } from '../ledger/ledger.ts';
import { eventsTo } from '../folding/progress.ts';
import { partitionOf, type ProjectedEvent, type Projection } from '../projection.ts';

/** A new collection of a projection, being filled from the log. */
export interface Filling {
  readonly projection: Projection;
  readonly spec: CollectionSpec;
  readonly load: Load;
  /** What is in it already, where it is gone on with. */
  readonly reached: Reached;
  /** Grows where streams are set aside on the way. */
  exclusions: Exclusions;
  parked: readonly Parked[];
  /** The last event that counts; by default the head of the log at the start. */
  readonly until?: Position;
  /** Whether it sets aside what it cannot take. */
  readonly parks: boolean;
}

export interface FillOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told after each batch how many events have been read, of about how many; the head of the log when it began. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Least time between two milestones; longer where they are dear. Default ten seconds. */
  readonly milestoneMs?: number | undefined;
  /** Called for each one when it is whole, before it gets its checkpoint. */
  readonly onFilled?: (filling: Filling) => Promise<void>;
  /** What becomes of one that is not finished. By default nothing is left of it. */
  readonly onFailure?: (filling: Filling, error: unknown) => Promise<void>;
}

/** The log ended, or was cut off, before the position that was to be reached; nothing can be said of it. */
export class FoldFellShort extends Error {
  override readonly name = 'FoldFellShort';
}

/**
 * Fills new collections from the log, read once for all of them, and makes each one like any other,
 * with its checkpoint.
 * @throws EventFault @throws FoldFellShort
 */
export async function fillAll(
  stores: { readonly eventStore: EventStore; readonly readStore: ReadStore },
  fillings: readonly Filling[],
  options: FillOptions = {},
): Promise<readonly Target[]> {
  if (fillings.length === 0) return [];
  const { onFilled, onFailure = ({ load }: Filling) => load.abandon() } = options;
  const open = new Set(fillings);
  try {
    const end = await readThrough(stores.eventStore, fillings, options);
    const finish = async (filling: Filling): Promise<Target> => {
      await filling.load.finish();
      open.delete(filling);
      await onFilled?.(filling);
      return targetOf(stores.readStore, filling, end);
    };
    return await allOf(fillings.map(finish));
  } catch (error) {
    await Promise.all([...open].map((filling) => onFailure(filling, error)));
    throw error;
  }
}

/** All of them, or the first failure, but only once none is under way any more. */
export async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

async function readThrough(
  eventStore: EventStore,
  fillings: readonly Filling[],
  { signal, onProgress, milestoneMs }: FillOptions,
): Promise<Reached> {
  let reached = leastOf(fillings);
  const end = furthest(fillings);
  const keep = createMilestones(fillings, milestoneMs);
  const prefixes = streamPrefixes;
  const head = end ?? (await eventStore.head(prefixes));
  for await (const page of eventStore.readPages({ after: reached.position, prefixes })) {
    signal?.throwIfAborted();
    const batch = end === undefined ? page : page.filter(({ position }) => position <= end);
    await takeAll(fillings, batch);
    reached = reachedBy(reached, batch);
    onProgress?.(reached.events, reached.events + eventsTo(eventStore, reached, head));
    if (batch.length < page.length) break;
    await keep(reached);
  }
  signal?.throwIfAborted();
  requireReached(fillings, reached);
  return reached;
}

/** @throws FoldFellShort */
function requireReached(fillings: readonly Filling[], { position }: Reached): void {
  for (const { projection, until } of fillings) {
    if (until === undefined || (position !== undefined && position >= until)) continue;
    const came = position ?? 'its beginning';
    throw new FoldFellShort(`${projection.name}: the log ends at ${came}, before ${until}`);
  }
}

/** The one that has come least far: from there on the log is read. */
function leastOf(fillings: readonly Filling[]): Reached {
  const position = lowest(fillings.map(({ reached }) => reached.position));
  return fillings.find(({ reached }) => reached.position === position)?.reached ?? START;
}

/** The last position any of them wants; undefined where one wants all there is. */
function furthest(fillings: readonly Filling[]): Position | undefined {
  const ends = fillings.map(({ until }) => until);
  return ends.includes(undefined) ? undefined : ends.sort().at(-1);
}

async function takeAll(
  fillings: readonly Filling[],
  batch: readonly RecordedEvent[],
): Promise<void> {
  const shared = projectedOnce(batch);
  for (const filling of fillings) await filling.load.write(await take(filling, batch, shared));
}

/** Undefined where one of them is at fault: then each filling finds out which, and what to do. */
function projectedOnce(batch: readonly RecordedEvent[]): readonly ProjectedEvent[] | undefined {
  try {
    return projectedEvents(batch);
  } catch (error) {
    if (error instanceof EventFault) return undefined;
    throw error;
  }
}

async function take(
  filling: Filling,
  batch: readonly RecordedEvent[],
  shared: readonly ProjectedEvent[] | undefined,
): Promise<readonly StoredDoc[]> {
  const { load, projection, reached, until } = filling;
  const after = reached.position;
  const isWanted = ({ position }: { readonly position: Position }) =>
    (after === undefined || position > after) && (until === undefined || position <= until);
  const all = after === undefined && until === undefined;
  for (;;) {
    try {
      const { exclusions } = filling;
      const mine = shared ?? projectedEvents(admitted(projection, exclusions, batch));
      const events = admitted(projection, exclusions, mine);
      return await folded(load, projection, all ? events : events.filter(isWanted));
    } catch (error) {
      setAside(filling, error);
    }
  }
}

/** @throws what was thrown, where it is not to be set aside */
function setAside(filling: Filling, error: unknown): void {
  const room = filling.parked.length < MOST_PARKED;
  if (!(error instanceof EventFault) || !filling.parks || !room) throw error;
  const at = new Date().toISOString();
  const { event, cause } = error;
  const partition = partitionOf(filling.projection, event.stream);
  const parked = { partition, event, error: String(cause), at, retry: false };
  filling.parked = withOne(filling.parked, parked);
  filling.exclusions = exclusionsOf(filling.exclusions.skipped, filling.parked);
}

const MILESTONE_MS = 10_000;
/** Milestones take at most this share of the time. */
const MILESTONE_SHARE = 0.05;

/** Keeps a milestone of each filling now and then. */
function createMilestones(fillings: readonly Filling[], milestoneMs = MILESTONE_MS) {
  let [last, pause] = [performance.now(), milestoneMs];
  return async (reached: Reached): Promise<void> => {
    const now = performance.now();
    if (now - last < pause) return;
    await allOf(fillings.map((filling) => filling.load.milestone(milestoneOf(filling, reached))));
    last = performance.now();
    pause = Math.max(milestoneMs, (last - now) / MILESTONE_SHARE);
  };
}

function milestoneOf({ reached, parked }: Filling, now: Reached): Doc {
  const ahead = (reached.position ?? '') > (now.position ?? '') ? reached : now;
  return { ...recordOf(ahead), parked } as unknown as Doc;
}

async function targetOf(
  readStore: ReadStore,
  { projection, spec, exclusions }: Filling,
  end: Reached,
): Promise<Target> {
  const target = { projection, spec, exclusions, ...(await readCheckpoint(readStore, spec)) };
  return end.position === undefined ? target : saveCheckpoint(readStore, target, end);
}
