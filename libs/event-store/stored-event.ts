import type { JsonObject, Position, RecordedEvent } from './port.ts';

/** An event as it is stored and handed on between threads: flat, its data and metadata as JSON text. */
export type StoredRow<Place> = readonly [
  place: Place,
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
export class StoredEvent implements RecordedEvent {
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

  constructor(row: StoredRow<unknown>, position: Position) {
    this.id = row[3];
    this.type = row[4];
    this.data = parsed(row[5]);
    this.stream = row[1];
    this.revision = row[2];
    this.position = position;
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
