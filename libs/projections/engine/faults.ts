import type { Position } from '#event-store';
import type { CollectionSpec, Doc, ReadStore } from '#read-store';

/** Which event, for operators to find it in the log. */
export interface EventName {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
}

/** Why a projection does not go on. */
export interface Failure {
  readonly error: string;
  /** Null where no single event is at fault. */
  readonly event: EventName | null;
  readonly attempts: number;
  /** It is not tried again by itself; `ops retry` or `ops skip` decides. */
  readonly stopped: boolean;
  /** Instant of the latest attempt, ISO 8601 UTC. */
  readonly at: string;
}

/**
 * A partition set aside, mostly one stream: its events from this one on are not in the collection,
 * so that none is taken without the one before. All others are.
 */
export interface Parked {
  readonly partition: string;
  readonly event: EventName;
  readonly error: string;
  readonly at: string;
  /** An operator has asked for it to be tried again. */
  readonly retry: boolean;
}

/** What keeps events out of one collection. */
export interface Faults {
  readonly failure: Failure | null;
  readonly parked: readonly Parked[];
}

export interface RecordedFaults extends Faults {
  /** Version of the record. */
  readonly version: number;
}

/** So many partitions set aside are no accident of theirs: the projection is at fault, and stops. */
export const MOST_PARKED = 1000;

/** An event that a projection cannot take; `cause` is what it threw. */
export class EventFault extends Error {
  override readonly name = 'EventFault';
  constructor(
    readonly event: EventName,
    cause: unknown,
  ) {
    super(`${event.type} ${event.stream}@${event.revision}: ${String(cause)}`, { cause });
  }
}

/** Without what else the event carries. */
export const nameOf = (
  { position, stream, revision }: Omit<EventName, 'type'>,
  type: string,
): EventName => ({ position, stream, revision, type });

const keyOf = ({ name }: Pick<CollectionSpec, 'name'>): string => `faults:${name}`;
const NONE: Faults = { failure: null, parked: [] };

export async function readFaults(
  readStore: ReadStore,
  spec: Pick<CollectionSpec, 'name'>,
): Promise<RecordedFaults> {
  const record = await readStore.readRecord(keyOf(spec));
  const faults = (record?.value as unknown as Faults | undefined) ?? NONE;
  return { ...faults, version: record?.version ?? 0 };
}

/** Turns what is recorded into what is to be; asked again where another was first. */
export async function changeFaults(
  readStore: ReadStore,
  spec: Pick<CollectionSpec, 'name'>,
  change: (before: Faults) => Faults,
): Promise<RecordedFaults> {
  for (;;) {
    const { version, ...before } = await readFaults(readStore, spec);
    const after = change(before);
    if (after === before) return { ...before, version };
    const written = await readStore.writeRecord(keyOf(spec), after as unknown as Doc, version);
    if (written) return { ...after, version: version + 1 };
  }
}

export const withFailure =
  (failure: Failure | null) =>
  (before: Faults): Faults =>
    before.failure === null && failure === null ? before : { ...before, failure };

export const withParked =
  (parked: Parked) =>
  (before: Faults): Faults => ({
    failure: null,
    parked: withOne(before.parked, parked),
  });

export const withoutParked =
  (partition: string) =>
  (before: Faults): Faults => ({
    ...before,
    parked: before.parked.filter((one) => one.partition !== partition),
  });

/** In place of what was set aside of that partition before. */
export const withOne = (parked: readonly Parked[], one: Parked): readonly Parked[] => [
  ...parked.filter(({ partition }) => partition !== one.partition),
  one,
];
