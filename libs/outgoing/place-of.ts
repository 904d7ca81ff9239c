import { eventAtAnyNode, type EventStore, type Position } from '#event-store';
import { isMarked, placeIn } from './position-token.ts';

/**
 * The place a token names, in this very log; undefined where it is none, or one of a log that was put
 * back since. @throws EventStoreUnavailable
 */
export async function positionOf(
  log: Pick<EventStore, 'eventAt'>,
  token: string,
): Promise<Position | undefined> {
  const place = placeIn(token);
  if (!place) return undefined;
  const { position, mark } = place;
  const found = await eventAtAnyNode(log, position).catch((error: unknown) => {
    if (error instanceof RangeError) return undefined;
    throw error;
  });
  return found && isMarked(found.id, mark) ? position : undefined;
}
