import { streamPrefixes } from '#domain';
import { eventAtAnyNode, type EventStore } from '#event-store';
import type { Reached } from '../folding/checkpoint.ts';

type Log = Pick<EventStore, 'eventAt' | 'readAll'>;

/**
 * Why a collection cannot have been filled from this log: the event its checkpoint stands on is not
 * there. Undefined where it is, or where nothing has been filled.
 * @throws EventStoreUnavailable it is not known
 */
export async function astrayFrom(
  log: Log,
  { position, eventId, logId }: Reached,
): Promise<string | undefined> {
  if (position === undefined) return undefined;
  const found = (await eventAtAnyNode(log, position))?.id;
  if (found !== undefined && (eventId === undefined || found === eventId)) return undefined;
  const first = await firstId(log);
  if (logId !== undefined && first !== logId) {
    return `was filled from another log, which begins with event ${logId}, this one with ${first ?? 'none'}`;
  }
  const instead = found === undefined ? 'none' : `event ${found}`;
  return `was filled up to event ${eventId ?? '?'} at ${position}, where the log holds ${instead}`;
}

async function firstId(log: Log): Promise<string | undefined> {
  for await (const { id } of log.readAll({ prefixes: streamPrefixes, limit: 1 })) return id;
  return undefined;
}

/** The read model was filled from another log: there is nothing to compare it with. */
export class ReadModelAstray extends Error {
  override readonly name = 'ReadModelAstray';
}
