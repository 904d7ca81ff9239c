import { streamPrefixes } from '#domain';
import type { EventStore, Position, RecordedEvent } from '#event-store';
import { ReadStoreDamaged, type ReadStore } from '#read-store';
import { allProjections } from './all.ts';
import { astrayFrom } from './checking/astray.ts';
import { readCheckpoint, START, type Reached } from './folding/checkpoint.ts';
import { eventsTo } from './folding/progress.ts';
import { readLease, type LeaseRecord } from './following/lease-record.ts';
import { LEASE_MS } from './following/leases.ts';
import {
  needsRebuild,
  type Astray,
  type Decision,
  type Failure,
  type Ledger,
  type Next,
  type Parked,
} from './ledger/ledger.ts';
import { findLedger } from './ledger/record.ts';
import type { Projection } from './projection.ts';

export interface ProjectionStatus {
  readonly name: string;
  /** Of the projection that filled the read model. */
  readonly version: number;
  readonly collection: string | null;
  readonly position: string | null;
  /** Last position in the log. */
  readonly head: string | null;
  /** About how many events of the log are not yet in the read model, told from positions: exact where these count events, 0 only where there are none. */
  readonly lag: number;
  /** How long the oldest of them has been in the log, in whole seconds, rounded up. */
  readonly lagSeconds: number;
  readonly state:
    | 'never-run'
    | 'damaged'
    | 'outdated'
    | 'astray'
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
  /** It was filled from another log, or from a part of this one that is gone: readers are refused until it is filled again. */
  readonly astray: Astray | null;
  /** The next generation, being filled beside this one. */
  readonly rebuild: RebuildProgress | null;
  /** Streams set aside, each from the event on that could not be taken. */
  readonly parked: readonly Parked[];
  /** What operators have decided about events, oldest first. */
  readonly decisions: readonly Decision[];
}

export type RebuildProgress = Pick<
  Next,
  'state' | 'collection' | 'holder' | 'done' | 'total' | 'rate' | 'startedAt' | 'updatedAt'
>;

function progressOf(next: Next | null | undefined): RebuildProgress | null {
  if (!next) return null;
  const { state, collection, holder, done, total, rate, startedAt, updatedAt } = next;
  return { state, collection, holder, done, total, rate, startedAt, updatedAt };
}

/** The names of the projections that do not go on because of an event, the store, or a log that is another. */
export async function failedProjections(readStore: ReadStore): Promise<string[]> {
  const ledgers = await Promise.all(allProjections.map((one) => findLedger(readStore, one)));
  return allProjections.flatMap(({ name }, index) => {
    const live = ledgers[index]?.live;
    return live && (live.faults.failure !== null || live.astray !== null) ? [name] : [];
  });
}

/** How a projection stands against the log, for operators; also where the file it lies in is damaged. */
export async function projectionStatus(
  stores: { readonly eventStore: EventStore; readonly readStore: ReadStore },
  projection: Projection,
): Promise<ProjectionStatus> {
  try {
    return await statusOf(stores, projection);
  } catch (error) {
    if (!(error instanceof ReadStoreDamaged)) throw error;
    return damagedStatus(projection, error);
  }
}

const damagedStatus = ({ name, version }: Projection, { message }: Error): ProjectionStatus => ({
  name,
  version,
  collection: null,
  position: null,
  head: null,
  lag: 0,
  lagSeconds: 0,
  state: 'damaged',
  holder: null,
  rate: 0,
  failure: {
    error: message,
    event: null,
    attempts: 1,
    stopped: true,
    at: new Date().toISOString(),
  },
  astray: null,
  rebuild: null,
  parked: [],
  decisions: [],
});

async function statusOf(
  stores: { readonly eventStore: EventStore; readonly readStore: ReadStore },
  projection: Projection,
): Promise<ProjectionStatus> {
  const { eventStore, readStore } = stores;
  const ledger = await findLedger(readStore, projection);
  const live = ledger?.live;
  const reached = live ? await readCheckpoint(readStore, { name: live.collection }) : START;
  const head = await eventStore.head(streamPrefixes);
  const lag = eventsTo(eventStore, reached, head);
  const waiting = lag > 0 ? await firstAfter(eventStore, reached.position) : undefined;
  const lease = await readLease(readStore, projection);
  const astray = live ? await astrayNow(eventStore, live.astray, reached) : null;
  const holder = lease && isFresh(lease) ? lease.holder : null;
  return {
    name: projection.name,
    version: live?.version ?? projection.version,
    collection: live?.collection ?? null,
    position: reached.position ?? null,
    head: head ?? null,
    lag,
    lagSeconds: waiting ? secondsSince(waiting.recordedAt) : 0,
    state: stateOf(projection, ledger, { holder, lag, astray }),
    holder,
    rate: holder === null ? 0 : (lease?.rate ?? 0),
    failure: live?.faults.failure ?? null,
    astray,
    rebuild: progressOf(ledger?.next),
    parked: live?.faults.parked ?? [],
    decisions: ledger?.decisions ?? [],
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

/** As the ledger says, or as nobody who follows the log has noticed yet. */
async function astrayNow(
  eventStore: EventStore,
  known: Astray | null,
  reached: Reached,
): Promise<Astray | null> {
  if (known) return known;
  const reason = await astrayFrom(eventStore, reached);
  return reason === undefined ? null : { reason, since: new Date().toISOString() };
}

function stateOf(
  projection: Projection,
  ledger: Ledger | undefined,
  { holder, lag, astray }: Pick<ProjectionStatus, 'holder' | 'lag' | 'astray'>,
): ProjectionStatus['state'] {
  if (!ledger) return 'never-run';
  const { live } = ledger;
  if (astray) return 'astray';
  const { failure } = live.faults;
  if (failure) return failure.stopped ? 'stopped' : 'retrying';
  if (live.version !== projection.version) {
    if (live.version > projection.version) return 'newer';
    return needsRebuild(ledger, projection) ? 'outdated' : 'rolled-back';
  }
  if (holder === null) return 'idle';
  return lag > 0 ? 'behind' : 'live';
}
