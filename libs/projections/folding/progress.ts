import type { EventStore, Position } from '#event-store';
import type { Reached } from './checkpoint.ts';

/**
 * About how many events lie between where a collection has come to and a later position, told from
 * positions alone: as dense as what lies behind it was. Exact where positions count events.
 */
export function eventsTo(
  { between }: Pick<EventStore, 'between'>,
  { position, events }: Pick<Reached, 'position' | 'events'>,
  head: Position | undefined,
): number {
  if (head === undefined || (position !== undefined && position >= head)) return 0;
  const rest = between(position, head);
  const passed = position === undefined ? 0 : between(undefined, position);
  const density = passed > 0 && events > 0 ? events / passed : 1;
  return Math.max(1, Math.round(rest * density));
}
