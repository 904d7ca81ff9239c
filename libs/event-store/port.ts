/**
 * The event log as everything above it sees it. Two adapters keep these promises: SQLite
 * (embedded default) and EventStoreDB; `test/contract/event-store.contract.ts` holds both to them.
 */

/** Place of an event in the whole log. Opaque; ordered by plain string comparison; only the adapter that made it knows what is inside. */
export type Position = string & { readonly __brand: 'Position' };

/** Place of an event in its stream: 0, 1, 2 … without a gap. */
export type Revision = number;

/** What the writer believes the stream holds: nothing yet, or a last event of this revision. */
export type ExpectedRevision = 'no-stream' | Revision;

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface NewEvent {
  /** UUID, chosen by the writer before the append: what makes a repeated append harmless. */
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  readonly revision: Revision;
  readonly position: Position;
  /** When the store recorded it, ISO 8601 UTC. The time with legal meaning stands in the metadata. */
  readonly recordedAt: string;
  /** `metadata.schemaVersion`, where the store can tell it without reading the metadata whole. */
  readonly schemaVersion?: number | undefined;
}

/** Which event it is. */
export type EventAt = Pick<RecordedEvent, 'id' | 'stream'>;

export interface Appended {
  /** Revision of the last event appended. */
  readonly revision: Revision;
  /** Position of the last event appended. */
  readonly position: Position;
}

/** Events to be appended to one stream. */
export interface StreamAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
}

export interface ReadStreamOptions {
  readonly direction?: 'forward' | 'backward';
  /** First revision read; by default the first event (forward) or the last (backward). */
  readonly from?: Revision;
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Exclusive: reading goes on behind this position. Omitted: from the beginning. */
  readonly after?: Position | undefined;
  /** Only streams whose name starts with one of these. Omitted: every stream, never system streams. */
  readonly prefixes?: readonly string[] | undefined;
  readonly limit?: number | undefined;
}

export interface SubscribeOptions {
  readonly after?: Position | undefined;
  readonly prefixes?: readonly string[];
  /** Ends the subscription; the iteration then finishes normally. */
  readonly signal: AbortSignal;
}

export type SubscriptionMessage =
  | { readonly kind: 'event'; readonly event: RecordedEvent }
  /** Everything that was in the log when this was made has been delivered; sent again after each time it fell behind. */
  | { readonly kind: 'caught-up' };

export interface EventStore {
  /**
   * Appends all events or none, durable before the promise settles.
   * Repeating an append whose event ids are already there at the same place answers as the first time.
   *
   * @throws RevisionConflict nothing was written; read again and decide again.
   * @throws StreamDamaged the store has lost events of the stream; nothing was written, but where the
   *   error says otherwise. Nothing may be decided on this stream any more.
   * @throws EventStoreUnavailable it is unknown whether anything was written; repeat the append with the same ids.
   */
  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly NewEvent[],
  ): Promise<Appended>;

  /**
   * Appends to any streams, one after another in the order of the log: at the first that fails it
   * stops, so that those before it are there and nothing behind it is. Durable before it settles; a
   * store may wait for the disk once for all of them.
   * @throws what `append` throws, of the first that failed
   */
  appendInOrder(appends: readonly StreamAppend[]): Promise<void>;

  /**
   * Events of one stream in order, without a gap: the first one is the one asked for. None where the
   * stream never was, or where `from` is the revision its next event will get.
   * @throws StreamDamaged the store has lost events of the stream. What was delivered before stands,
   *   but it is not all there was.
   * @throws EventStoreUnavailable
   */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;

  /** Events of the whole log in order, up to the head at the time of the call. @throws EventStoreUnavailable */
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;

  /**
   * As `readAll`, some hundreds of events at a time, none of them empty: to be used where the whole
   * log goes by and a promise for each event would cost more than the event. @throws EventStoreUnavailable
   */
  readPages(options?: ReadAllOptions): AsyncIterable<readonly RecordedEvent[]>;

  /**
   * Catch-up subscription: history, then live, in order, each event once, the next message only
   * when the consumer asks for it. A dropped connection is mended behind the iteration, with
   * backoff, from the last delivered event; the consumer sees neither gap nor repeat.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<SubscriptionMessage>;

  /** Position of the last event of the given streams (all by default); undefined when there is none. @throws EventStoreUnavailable */
  head(prefixes?: readonly string[]): Promise<Position | undefined>;

  /**
   * The event that stands there, of whatever stream; undefined where the log holds none, as where it
   * was put back to an older state. @throws EventStoreUnavailable
   */
  eventAt(position: Position): Promise<EventAt | undefined>;

  /**
   * About how many events lie behind `after` and up to `upTo`, told from the positions alone: nothing
   * is read. SQLite counts its places; EventStoreDB, whose positions are bytes, takes 1 KiB for each.
   */
  between(after: Position | undefined, upTo: Position): number;

  close(): Promise<void>;
}

/** The stream's last revision is not the expected one. Nothing was written; re-read and decide again. */
export class RevisionConflict extends Error {
  override readonly name = 'RevisionConflict';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    /** Last revision found, where the store told it. */
    readonly actual: ExpectedRevision | undefined,
  ) {
    super(`stream ${stream}: expected revision ${expected}, found ${actual ?? 'another'}`);
  }
}

/** How a stream came to hold less than was written to it. */
export type DamageKind =
  /** Its first events are hidden: truncated by metadata. */
  | 'truncated'
  /** It was deleted; the store would let it begin anew. */
  | 'deleted'
  /** It was deleted for ever. */
  | 'tombstoned'
  /** Events are missing in its middle or at its end. */
  | 'gap'
  /** It ends before the event behind which it was to be read on. */
  | 'cut'
  /** An append went to another place than it was meant for; it was written. */
  | 'misplaced';

/**
 * The store has lost events of the stream, or somebody has removed them. Whoever goes on from what
 * is left gives away again what was given before: stop, and ask an operator.
 */
export class StreamDamaged extends Error {
  override readonly name = 'StreamDamaged';
  constructor(
    readonly stream: string,
    readonly kind: DamageKind,
    detail: string,
  ) {
    super(`stream ${stream}: ${kind} (${detail})`);
  }
}

/** The store could not be reached or did not answer in time. Whether an append was carried out is unknown: repeat it with the same event ids. */
export class EventStoreUnavailable extends Error {
  override readonly name: string = 'EventStoreUnavailable';
}

/**
 * The store answers, and will not have us: no such account, no right, a certificate we cannot trust, an
 * address that is none. Nothing was written. Asking again helps only when somebody has done what
 * `remedy` says.
 */
export class EventStoreRefuses extends EventStoreUnavailable {
  override readonly name = 'EventStoreRefuses';
  constructor(
    readonly reason: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${reason}. Remedy: ${remedy}`, options);
  }
}
