import { streamPrefixes } from '#domain';
import { eventAtAnyNode, type EventStore } from '#event-store';
import { positionOf } from '../place-of.ts';
import { tokenOf } from '../position-token.ts';

/** No place of this log. */
export class BadPlace extends Error {
  override readonly name = 'BadPlace';
}

/**
 * Behind which place a line is to begin: `now`, `beginning`, or a place as the feed tells it; null:
 * from the beginning. @throws BadPlace @throws EventStoreUnavailable
 */
export async function placeFrom(
  log: Pick<EventStore, 'head' | 'eventAt'>,
  from: string,
): Promise<string | null> {
  if (from === 'beginning') return null;
  if (from !== 'now') {
    if ((await positionOf(log, from)) === undefined)
      throw new BadPlace(`${from} is no place in this log`);
    return from;
  }
  // Of our own streams: it is held against the log again, which may not tell of others.
  const head = await log.head(streamPrefixes);
  if (head === undefined) return null;
  return tokenOf(head, (await eventAtAnyNode(log, head))?.id);
}
