import type { Position, RecordedEvent } from '../port.ts';
import { StoredEvent, type StoredRow } from '../stored-event.ts';

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
export type Row = StoredRow<number>;

export const toEvent = (row: Row): RecordedEvent => new StoredEvent(row, toPosition(row[0]));

/** SQL condition "the stream's name starts with one of these", with two parameters for each prefix. */
export function prefixCondition(prefixes: readonly string[], column = 'stream'): string {
  const ranges = prefixes.map(() => `(${column} >= ? AND ${column} < ?)`);
  return `(${ranges.join(' OR ')})`;
}

/** U+10FFFF is no character, so it sorts behind every name that goes on after the prefix. */
export function prefixParameters(prefixes: readonly string[]): string[] {
  return prefixes.flatMap((prefix) => [prefix, `${prefix}\u{10FFFF}`]);
}
