import type { Position } from '#event-store';
import type { Projection } from '../projection.ts';
import { collectionName } from './collections.ts';

/**
 * Where one read model stands: serving from `live`, and rebuilding while there is a `next`. All there
 * is to know of it but what lies with its collections (documents and checkpoint) and who runs it (a
 * lease). Changed as a whole, by the transitions beside this file and no other way.
 */
export interface Ledger {
  /** Highest generation number ever given to a collection; none is given twice. */
  readonly generations: number;
  /** What readers read. */
  readonly live: Generation;
  /** Kept for a time: for readers that have just looked up its name, and for going back to it. */
  readonly previous: Generation | null;
  /** Version from which an operator has gone back: no process may rebuild that one by itself. */
  readonly rolledBackFrom: number | null;
  /** The generation being filled beside `live`, or left half-filled to be gone on with. */
  readonly next: Next | null;
  /** What operators have decided about events, oldest first; of the read model, whatever collection it lives in. */
  readonly decisions: readonly Decision[];
}

/** One collection that serves, or served, readers. */
export interface Generation {
  readonly collection: string;
  readonly generation: number;
  /** Version of the projection that filled it. */
  readonly version: number;
  /** When it took the place of the one before, ISO 8601 UTC. */
  readonly movedAt: string;
  readonly faults: Faults;
  /** It was filled from another log than the one there is now, or from a part of it that is gone. */
  readonly astray: Astray | null;
}

export interface Astray {
  readonly reason: string;
  /** When it was noticed, ISO 8601 UTC. */
  readonly since: string;
}

/** A rebuild of one projection, under way or left to be gone on with. */
export interface Next {
  /** `swapping`: for a moment nobody follows the old. `left`: nobody does it now; it can be gone on with. `aborting`: an operator has called it off. */
  readonly state: 'filling' | 'catching-up' | 'swapping' | 'aborting' | 'left';
  /** The collection that is being filled. */
  readonly collection: string;
  readonly generation: number;
  /** What an earlier rebuild has filled, until it has been taken over as `collection`. */
  readonly from: string | null;
  /** Of the one rebuild that may change this; whoever takes it over has another. */
  readonly claim: string;
  /** One more with each telling, so that one that goes on is known from one that was killed. */
  readonly beat: number;
  readonly holder: string;
  readonly pid: number;
  readonly space: string;
  /** Events read, of about how many. */
  readonly done: number;
  readonly total: number;
  /** Events a second since it began, or was gone on with. */
  readonly rate: number;
  /** ISO 8601 UTC, like `updatedAt`. */
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly faults: Faults;
}

/** Which event, for operators to find it in the log. */
export interface EventName {
  /** Left out where an older version has named it. */
  readonly id?: string | undefined;
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
}

/** What keeps events out of one collection. */
export interface Faults {
  readonly failure: Failure | null;
  readonly parked: readonly Parked[];
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

/** What an operator has decided about an event that a projection could not take. */
export interface Decision {
  readonly kind: 'retry' | 'skip';
  /** Null: whatever was at fault. */
  readonly event: EventName | null;
  readonly reason: string;
  readonly account: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

export const NO_FAULTS: Faults = { failure: null, parked: [] };

/** The ledger of a read model that has never been filled. */
export function newLedger(projection: Projection, generation: number, at: string): Ledger {
  const { version } = projection;
  const collection = collectionName(projection, generation);
  return {
    generations: generation,
    live: { collection, generation, version, movedAt: at, faults: NO_FAULTS, astray: null },
    previous: null,
    rolledBackFrom: null,
    next: null,
    decisions: [],
  };
}

/**
 * Whether a process with this version of the projection is to rebuild by itself: never back to an
 * older version, and never again to one an operator has gone back from.
 */
export const needsRebuild = (
  { live, rolledBackFrom }: Pick<Ledger, 'live' | 'rolledBackFrom'>,
  projection: Pick<Projection, 'version'>,
): boolean => projection.version > Math.max(live.version, rolledBackFrom ?? 0);

/** An event by its place in a log: where the log is put back another may stand there. */
type Placed = Pick<EventName, 'position' | 'stream' | 'revision'>;

/** Events that are passed over for good: by their ids, or by their places where no id is known. */
export type Skipped = ReadonlySet<string>;

const placeOf = ({ position, stream, revision }: Placed): string =>
  `${position} ${stream}@${revision}`;

export const skippedIn = ({ decisions }: Pick<Ledger, 'decisions'>): Skipped =>
  new Set(
    decisions.flatMap(({ kind, event }) =>
      kind === 'skip' && event ? [event.id ?? placeOf(event)] : [],
    ),
  );

/** Whether it is the very event that an operator has decided about. */
export const isSkipped = (skipped: Skipped, event: Placed & Pick<EventName, 'id'>): boolean =>
  (event.id !== undefined && skipped.has(event.id)) || skipped.has(placeOf(event));

/** What whoever follows a read model has to know of its ledger: where this differs, look anew. */
export const watchKey = ({ live, rolledBackFrom }: Ledger): string =>
  JSON.stringify([live, rolledBackFrom]);
