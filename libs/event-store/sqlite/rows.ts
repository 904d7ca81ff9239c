import type { JsonObject, Position, RecordedEvent } from '../port.ts';

/** Wide enough for any number of events a file can hold, so that text order is log order. */
const DIGITS = 16;

export function toPosition(position: number): Position {
  return String(position).padStart(DIGITS, '0') as Position;
}

export function fromPosition(position: Position | undefined): number {
  if (position === undefined) return 0;
  if (!/^\d{16}$/.test(position)) {
    throw new RangeError(`not a position of this event store: "${position}"`);
  }
  return Number(position);
}

export const COLUMNS = 'position, stream, revision, id, type, data, metadata, recorded_at';

/** A row as SQLite hands it over in raw mode (arrays cost less than objects), in the order of {@link COLUMNS}. */
export type Row = readonly [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  /** Null where it was left out. */
  metadata: string | null,
  recordedAt: string,
];

export const COLUMNS_WITHOUT_METADATA = COLUMNS.replace('metadata', 'NULL');

/** The metadata of the event at a position, as text. */
export type ReadMetadata = (position: number) => string;

/**
 * Metadata is parsed, or even read, when it is first asked for: folding a stream hardly ever asks. The accessor is the
 * event's own, so copies and comparisons see it as a field, and one for all events, since a getter
 * in an object literal is made anew for each and costs more than the parsing it spares.
 */
class StoredEvent implements RecordedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  declare readonly metadata: JsonObject;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly recordedAt: string;
  #metadata: string | JsonObject | ReadMetadata;

  static readonly #accessor = {
    enumerable: true,
    get(this: StoredEvent): JsonObject {
      const known = this.#metadata;
      if (typeof known === 'object') return known;
      const text = typeof known === 'string' ? known : known(fromPosition(this.position));
      return (this.#metadata = JSON.parse(text) as JsonObject);
    },
  };

  constructor(row: Row, readMetadata: ReadMetadata) {
    this.id = row[3];
    this.type = row[4];
    this.data = JSON.parse(row[5]) as JsonObject;
    this.stream = row[1];
    this.revision = row[2];
    this.position = toPosition(row[0]);
    this.recordedAt = row[7];
    this.#metadata = row[6] ?? readMetadata;
    Object.defineProperty(this, 'metadata', StoredEvent.#accessor);
  }
}

export const toEvent = (row: Row): RecordedEvent => new StoredEvent(row, noneLeftOut);

export const toEventWith =
  (readMetadata: ReadMetadata) =>
  (row: Row): RecordedEvent =>
    new StoredEvent(row, readMetadata);

const noneLeftOut: ReadMetadata = (position) => {
  throw new Error(`the metadata of the event at ${position} was not read`);
};

/** SQL condition "the stream's name starts with one of these", with two parameters for each prefix. */
export function prefixCondition(prefixes: readonly string[], column = 'stream'): string {
  const ranges = prefixes.map(() => `(${column} >= ? AND ${column} < ?)`);
  return `(${ranges.join(' OR ')})`;
}

/** U+10FFFF is no character, so it sorts behind every name that goes on after the prefix. */
export function prefixParameters(prefixes: readonly string[]): string[] {
  return prefixes.flatMap((prefix) => [prefix, `${prefix}\u{10FFFF}`]);
}
