import { streamPrefixes } from '#domain';
import type { EventStore, Position, RecordedEvent } from '#event-store';
import type { ReadStore } from '#read-store';
import { allProjections } from './all.ts';
import { readRebuild, type RebuildRecord } from './engine/claims.ts';
import { readDecisions, type Decision } from './engine/decisions.ts';
import { readFaults, type Failure, type Parked } from './engine/faults.ts';
import { findLive, needsRebuild, type Live } from './engine/generations.ts';
import { LEASE_MS, readLease, type LeaseRecord } from './engine/leases.ts';
import { readCheckpoint } from './engine/target.ts';
import type { Projection } from './projection.ts';

export interface ProjectionStatus {
  readonly name: string;
  /** Of the projection that filled the read model. */
  readonly version: number;
  readonly collection: string | null;
  readonly position: string | null;
  /** Last position in the log. */
  readonly head: string | null;
  /** Events of the log not yet in the read model, counted up to `MOST_COUNTED`. */
  readonly lag: number;
  /** How long the oldest of them has been in the log, in whole seconds, rounded up. */
  readonly lagSeconds: number;
  readonly state:
    | 'never-run'
    | 'outdated'
    | 'rolled-back'
    | 'newer'
    | 'retrying'
    | 'stopped'
    | 'idle'
    | 'behind'
    | 'live';
  /** The process that runs it, as host, process id and a mark of its own; null where none does. */
  readonly holder: string | null;
  /** Events a second, as its holder last told. */
  readonly rate: number;
  readonly failure: Failure | null;
  /** The next generation, being filled beside this one. */
  readonly rebuild: RebuildProgress | null;
  /** Streams set aside, each from the event on that could not be taken. */
  readonly parked: readonly Parked[];
  /** What operators have decided about events, oldest first. */
  readonly decisions: readonly Decision[];
}

export type RebuildProgress = Omit<RebuildRecord, 'pid' | 'space'>;

async function rebuildOf(
  readStore: ReadStore,
  projection: Projection,
): Promise<RebuildProgress | null> {
  const record = await readRebuild(readStore, projection);
  if (!record) return null;
  const { pid: _pid, space: _space, ...progress } = record;
  return progress;
}

/** The names of the projections that do not go on because of an event or the store. */
export async function failedProjections(readStore: ReadStore): Promise<string[]> {
  const failed = await Promise.all(
    allProjections.map(async (one) => {
      const live = await findLive(readStore, one);
      return live !== undefined && (await readFaults(readStore, live.spec)).failure !== null;
    }),
  );
  return allProjections.flatMap(({ name }, index) => (failed[index] ? [name] : []));
}

/** Some stores have to read what they count, and this is asked at every scrape. */
export const MOST_COUNTED = 10_000;

/** How a projection stands against the log, for operators. */
export async function projectionStatus(
  stores: { readonly eventStore: EventStore; readonly readStore: ReadStore },
  projection: Projection,
): Promise<ProjectionStatus> {
  const { eventStore, readStore } = stores;
  const live = await findLive(readStore, projection);
  const checkpoint = live && (await readCheckpoint(readStore, live.spec));
  const faults = live && (await readFaults(readStore, live.spec));
  const lease = await readLease(readStore, projection);
  const lag = await eventStore.countAfter(checkpoint?.position, streamPrefixes, MOST_COUNTED);
  const waiting = lag > 0 ? await firstAfter(eventStore, checkpoint?.position) : undefined;
  const holder = lease && isFresh(lease) ? lease.holder : null;
  return {
    name: projection.name,
    version: live?.version ?? projection.version,
    collection: live?.spec.name ?? null,
    position: checkpoint?.position ?? null,
    head: (await eventStore.head(streamPrefixes)) ?? null,
    lag,
    lagSeconds: waiting ? secondsSince(waiting.recordedAt) : 0,
    state: stateOf(projection, live, { failure: faults?.failure ?? null, holder, lag }),
    holder,
    rate: holder === null ? 0 : (lease?.rate ?? 0),
    failure: faults?.failure ?? null,
    rebuild: await rebuildOf(readStore, projection),
    parked: faults?.parked ?? [],
    decisions: await readDecisions(readStore, projection),
  };
}

/** Long enough for any difference between two machines' clocks that matters to people. */
const SILENT_MS = 6 * LEASE_MS;

const isFresh = ({ at }: LeaseRecord): boolean => Date.now() - Date.parse(at) < SILENT_MS;

const secondsSince = (instant: string): number =>
  Math.max(1, Math.ceil((Date.now() - Date.parse(instant)) / 1000));

async function firstAfter(
  eventStore: EventStore,
  after: Position | undefined,
): Promise<RecordedEvent | undefined> {
  const options = { after, prefixes: streamPrefixes, limit: 1 };
  for await (const event of eventStore.readAll(options)) return event;
  return undefined;
}

function stateOf(
  projection: Projection,
  live: Live | undefined,
  { failure, holder, lag }: Pick<ProjectionStatus, 'failure' | 'holder' | 'lag'>,
): ProjectionStatus['state'] {
  if (live === undefined) return 'never-run';
  if (failure) return failure.stopped ? 'stopped' : 'retrying';
  if (live.version !== projection.version) {
    if (live.version > projection.version) return 'newer';
    return needsRebuild(live, projection) ? 'outdated' : 'rolled-back';
  }
  if (holder === null) return 'idle';
  return lag > 0 ? 'behind' : 'live';
}
