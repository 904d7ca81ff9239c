import {
  readEvent,
  readMetadata,
  type DomainEvent,
  type EventMetadata,
  type StreamPrefix,
} from '#domain';
import type { Position, RecordedEvent } from '#event-store';
import type { CollectionSpec, Doc } from '#read-store';

/** A recorded event as projections see it. */
export interface ProjectedEvent {
  readonly event: DomainEvent;
  readonly metadata: EventMetadata;
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
}

/** What an event does to one document: makes it, or turns the one before into the next. */
export type DocChange =
  | { readonly id: string; readonly create: Doc }
  | {
      readonly id: string;
      readonly change: (before: Doc) => Doc;
      /** What is before where there is none yet; left out: an event of it is then a fault of the log. */
      readonly initial?: Doc;
    }
  | {
      readonly id: string;
      /** Of a document that not every thing has: where there is none, nothing changes. */
      readonly changeIfThere: (before: Doc) => Doc;
    };

/** One read model: pure, event → writes. */
export interface Projection {
  /** `^[a-z][a-z_]*$` */
  readonly name: string;
  /** Raised whenever `project` would leave other documents behind for the same log. */
  readonly version: number;
  /** Prefixes of the streams whose events it reads; of all others it knows nothing, and none can harm it. */
  readonly reads: readonly StreamPrefix[];
  readonly indexes: CollectionSpec['indexes'];
  readonly searchable: CollectionSpec['searchable'];
  readonly searchedWithin?: CollectionSpec['searchedWithin'];
  /** Groups whose totals lists tell. */
  readonly counted?: CollectionSpec['counted'];
  readonly project: (event: ProjectedEvent) => readonly DocChange[];
  /**
   * Which streams meet in one document, as a name for all of them; left out: none do. What is set
   * aside together when an event cannot be taken.
   */
  readonly partition?: (stream: string) => string;
}

/** True where events of the stream may change a document. */
export const concerns = ({ reads }: Pick<Projection, 'reads'>, stream: string): boolean =>
  reads.some((prefix) => stream.startsWith(prefix));

/** One partition's bad event stops that partition's documents and nothing else. */
export const parksByDefault = (): boolean => true;

export const partitionOf = (
  { partition }: Pick<Projection, 'partition'>,
  stream: string,
): string => (partition ? partition(stream) : stream);

/** Metadata is handed on when it is asked for: a store may parse it only then, and many never ask. */
class Projected implements ProjectedEvent {
  readonly event: DomainEvent;
  constructor(private readonly record: RecordedEvent) {
    this.event = readEvent(
      record.type,
      record.data,
      () => record.schemaVersion ?? this.metadata.schemaVersion,
    );
  }
  get metadata(): EventMetadata {
    return readMetadata(this.record.metadata);
  }
  get id(): string {
    return this.record.id;
  }
  get stream(): string {
    return this.record.stream;
  }
  get revision(): number {
    return this.record.revision;
  }
  get position(): Position {
    return this.record.position;
  }
}

/** The record as projections read it. @throws UnreadableEvent this version cannot */
export const projectedEvent = (record: RecordedEvent): ProjectedEvent => new Projected(record);

type DataOf<T extends DomainEvent['type']> = Extract<DomainEvent, { type: T }>['data'];

/** What each type of event changes; types left out change nothing. */
export type Handlers = {
  readonly [T in DomainEvent['type']]?: (data: DataOf<T>, projected: ProjectedEvent) => DocChange;
};

/** The `project` of a read model in which an event changes at most one document. */
export const oneChange =
  (handlers: Handlers): Projection['project'] =>
  (projected) => {
    const { type, data } = projected.event;
    const handler = handlers[type] as
      ((data: unknown, projected: ProjectedEvent) => DocChange) | undefined;
    return handler ? [handler(data, projected)] : [];
  };
