import type { Position as LogPosition } from '@eventstore/db-client';
import type { Position } from '../port.ts';
import { UnsupportedServer } from './errors.ts';

/** As many digits as the largest 64-bit number, so that text order is log order. */
const DIGITS = 20;
/** What a server sends that does not know where an event stands. */
const UNKNOWN = 2n ** 64n - 1n;

/** Whether a position says where something stands at all. */
export const hasPlace = (position: LogPosition): boolean => position.commit !== UNKNOWN;

/**
 * Commit and prepare position are one and the same for whatever was appended outside the old
 * explicit transactions, so one number is enough, and the same event has one position however it is read.
 *
 * @throws UnsupportedServer it is older than 22.6 and does not tell.
 */
export function toPosition(position: LogPosition | undefined): Position {
  if (position === undefined || !hasPlace(position)) {
    throw new UnsupportedServer('EventStoreDB 23.10 or later is needed');
  }
  return position.commit.toString().padStart(DIGITS, '0') as Position;
}

export function fromPosition(position: Position): LogPosition {
  if (!/^\d{20}$/.test(position)) {
    throw new RangeError(`not a position of this event store: "${position}"`);
  }
  const commit = BigInt(position);
  return { commit, prepare: commit };
}

/** How far into the server's log a position lies. */
export const bytes = (position: Position | undefined): number => Number(position ?? 0);
