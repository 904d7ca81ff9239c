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
  metadata: string,
  recordedAt: string,
];

/**
 * Metadata is parsed when it is first asked for: folding a stream hardly ever asks. The accessor is
 * the event's own, so copies and comparisons see it as a field, and one for all events, since a getter
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
  #metadata: string | JsonObject;

  static readonly #accessor = {
    enumerable: true,
    get(this: StoredEvent): JsonObject {
      const known = this.#metadata;
      if (typeof known === 'object') return known;
      return (this.#metadata = parsed(known));
    },
  };

  get schemaVersion(): number | undefined {
    const known = this.#metadata;
    const version = typeof known === 'string' ? SCHEMA_VERSION.exec(known)?.[1] : undefined;
    return version === undefined ? undefined : Number(version);
  }

  constructor(row: Row) {
    this.id = row[3];
    this.type = row[4];
    this.data = parsed(row[5]);
    this.stream = row[1];
    this.revision = row[2];
    this.position = toPosition(row[0]);
    this.recordedAt = row[7];
    this.#metadata = row[6];
    Object.defineProperty(this, 'metadata', StoredEvent.#accessor);
  }
}

/**
 * What a hand or a fault has made of a column is no reason to read nothing else: it is an empty object,
 * which whoever knows the event finds malformed.
 */
function parsed(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return {};
  }
}

/** As `JSON.stringify` writes it; within a string the quotes would be escaped. */
const SCHEMA_VERSION = /"schemaVersion":(\d+)/;

export const toEvent = (row: Row): RecordedEvent => new StoredEvent(row);

/** SQL condition "the stream's name starts with one of these", with two parameters for each prefix. */
export function prefixCondition(prefixes: readonly string[], column = 'stream'): string {
  const ranges = prefixes.map(() => `(${column} >= ? AND ${column} < ?)`);
  return `(${ranges.join(' OR ')})`;
}

/** U+10FFFF is no character, so it sorts behind every name that goes on after the prefix. */
export function prefixParameters(prefixes: readonly string[]): string[] {
  return prefixes.flatMap((prefix) => [prefix, `${prefix}\u{10FFFF}`]);
}
