import { randomUUID } from 'node:crypto';

/** What the double keeps of an event; payloads are bytes, as on the wire. */
export interface LogRecord {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** Commit and prepare position; the server writes events that commit themselves, where both are one. */
  readonly position: bigint;
  /** .NET ticks since the Unix epoch. */
  readonly created: string;
}

/** Where a log is kept, so that it outlives a process that is killed. */
export interface Journal {
  /** What was kept, in the order of the log. */
  readonly kept: readonly LogRecord[];
  add(record: LogRecord): void;
  /** What was added since the last time is kept, all of it or nothing. */
  commit(): void;
}

export type Proposed = Pick<LogRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

/** Expected versions as the server has them: −1 no stream, −2 any, −4 the stream exists. */
export const NO_STREAM = -1;
export const ANY = -2;
export const STREAM_EXISTS = -4;

export type WriteResult =
  | { readonly kind: 'written'; readonly revision: number; readonly position: bigint }
  | { readonly kind: 'wrong-expected-version'; readonly current: number }
  | { readonly kind: 'stream-deleted' };

/** What metadata hides of a stream, as the server writes it: a deleted one has the largest `$tb` there is. */
interface Hiding {
  readonly $tb?: number;
  readonly $maxCount?: number;
}
const DELETED = '{"$tb":9223372036854775807}';
const DELETED_TB = Number('9223372036854775807');

/** Size of a record's header on disk, more or less: positions grow by whole records, with gaps between. */
const HEADER = 96n;
/** The server measures itself and writes that into $all, among everybody's events. */
const STATS_EVERY = 5;

export class MemoryLog {
  readonly records: LogRecord[] = [];
  readonly #streams = new Map<string, LogRecord[]>();
  readonly #tombstoned = new Set<string>();
  readonly #watchers = new Set<() => void>();
  #end = 0n;
  #writes = 0;

  readonly #recognisesRepeats: boolean;
  readonly #journal: Journal | undefined;

  /** With a journal it goes on from what is kept there; deletions for ever are not. */
  constructor({ recognisesRepeats, journal }: { recognisesRepeats: boolean; journal?: Journal }) {
    this.#recognisesRepeats = recognisesRepeats;
    for (const record of journal?.kept ?? []) this.#take(record);
    this.#journal = journal;
    if (this.records.length > 0) return;
    this.#system('$settings', '$PersistentConfig');
    this.#system('$users', '$User');
  }

  /** Everything ever written to a stream. */
  stream(name: string): readonly LogRecord[] {
    return this.#streams.get(name) ?? [];
  }

  /** What a reader is shown of a stream; undefined where it is told that there is none. */
  visible(name: string): readonly LogRecord[] | undefined {
    const there = this.stream(name);
    const { $tb = 0, $maxCount = Infinity } = this.#hiding(name);
    if (there.length === 0 || $tb === DELETED_TB) return undefined;
    const first = Math.max($tb, there.length - $maxCount);
    return there.filter(({ revision }) => revision >= first);
  }

  isTombstoned(name: string): boolean {
    return this.#tombstoned.has(name);
  }

  /** Soft deletion is a truncation of everything; hard deletion is for ever. */
  delete(name: string, kind: 'soft' | 'hard'): void {
    if (kind === 'hard') this.#tombstoned.add(name);
    else this.#system(`$$${name}`, '$metadata', DELETED);
    for (const wake of [...this.#watchers]) wake();
  }

  #hiding(name: string): Hiding {
    const last = this.stream(`$$${name}`).at(-1);
    return last ? (JSON.parse(Buffer.from(last.data).toString('utf8')) as Hiding) : {};
  }

  /** Place behind the last record. */
  get end(): bigint {
    return this.#end;
  }

  /** Index in `records` of the first record at or behind a position. */
  indexAt(position: bigint): number {
    let low = 0;
    let high = this.records.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.records[middle]?.position ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  write(stream: string, expected: number, events: readonly Proposed[]): WriteResult {
    if (this.isTombstoned(stream)) return { kind: 'stream-deleted' };
    const there = this.stream(stream);
    const isDeleted = there.length > 0 && this.#hiding(stream).$tb === DELETED_TB;
    // To a writer a deleted stream is none, and it goes on counting where it was.
    const current = isDeleted && expected === NO_STREAM ? NO_STREAM : there.length - 1;
    if (!matches(expected, current)) return this.#repeated(there, expected, events, current);
    if (isDeleted) {
      this.#system(`$$${stream}`, '$metadata', JSON.stringify({ $tb: there.length }));
    }
    for (const event of events) this.#add(stream, event);
    const last = this.stream(stream).at(-1);
    this.#housekeeping(stream);
    this.#journal?.commit();
    for (const wake of [...this.#watchers]) wake();
    return { kind: 'written', revision: last?.revision ?? -1, position: last?.position ?? -1n };
  }

  onGrowth(wake: () => void): () => void {
    this.#watchers.add(wake);
    return () => this.#watchers.delete(wake);
  }

  /** A write whose event ids stand just behind the expected version is answered as the first time. */
  #repeated(
    there: readonly LogRecord[],
    expected: number,
    events: readonly Proposed[],
    current: number,
  ): WriteResult {
    const first = expected + 1;
    const same = events.every((event, index) => there[first + index]?.id === event.id);
    const last = there[expected + events.length];
    if (!this.#recognisesRepeats || expected < NO_STREAM || !same || last === undefined) {
      return { kind: 'wrong-expected-version', current };
    }
    return { kind: 'written', revision: last.revision, position: last.position };
  }

  #add(stream: string, event: Proposed): void {
    const record = {
      ...event,
      stream,
      revision: this.stream(stream).length,
      position: this.#end,
      created: (BigInt(Date.now()) * 10_000n).toString(),
    };
    this.#journal?.add(record);
    this.#take(record);
  }

  #take(record: LogRecord): void {
    const { stream, type, data, metadata, position } = record;
    const own = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, own);
    own.push(record);
    this.records.push(record);
    const size = stream.length + type.length + data.length + metadata.length;
    this.#end = position + HEADER + BigInt(size);
  }

  #housekeeping(stream: string): void {
    this.#writes += 1;
    if (this.#writes % STATS_EVERY === 0) this.#system('$stats-127.0.0.1:2113', '$statsCollected');
    const isOthers = !stream.startsWith('$') && this.stream(`$$${stream}`).length === 0;
    if (isOthers && this.#writes % (STATS_EVERY + 2) === 0) {
      this.#system(`$$${stream}`, '$metadata');
    }
    // Persistent subscriptions keep checkpoints in system streams under a type without a dollar.
    if (this.#writes % (STATS_EVERY + 4) === 0) {
      this.#system('$persistentsubscription-x::y-checkpoint', 'SubscriptionCheckpoint');
    }
  }

  #system(stream: string, type: string, data = '{}'): void {
    this.#add(stream, {
      id: randomUUID(),
      type,
      contentType: 'application/json',
      data: Buffer.from(data),
      metadata: new Uint8Array(),
    });
  }
}

function matches(expected: number, current: number): boolean {
  if (expected === ANY) return true;
  if (expected === STREAM_EXISTS) return current >= 0;
  return expected === current;
}
