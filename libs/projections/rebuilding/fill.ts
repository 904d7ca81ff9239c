import { streamPrefixes } from '#domain';
import type { EventStore, Position } from '#event-store';
import type { ReadStore } from '#read-store';
import {
  lowest,
  reachedBy,
  readCheckpoint,
  saveCheckpoint,
  START,
  type Reached,
  type Target,
} from '../folding/checkpoint.ts';
import { eventsTo } from '../folding/progress.ts';
import { allOf } from './all-of.ts';
import type { Filling } from './filling.ts';
import { createMilestones } from './milestones.ts';
import { takeAll } from './take.ts';

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

async function targetOf(
  readStore: ReadStore,
  { projection, spec, exclusions }: Filling,
  end: Reached,
): Promise<Target> {
  const target = { projection, spec, exclusions, ...(await readCheckpoint(readStore, spec)) };
  return end.position === undefined ? target : saveCheckpoint(readStore, target, end);
}
