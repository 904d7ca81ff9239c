import { setTimeout as delay } from 'node:timers/promises';
import { streamPrefixes } from '#domain';
import type { EventStore } from '#event-store';
import type { Reached } from '../folding/checkpoint.ts';

/** A node of a cluster may not have yet what another has answered; so long it is asked again. */
const LOOKS = 5;
const LOOK_MS = 200;

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
  for (let looks = 1; ; looks += 1) {
    const found = (await log.eventAt(position))?.id;
    if (found !== undefined && (eventId === undefined || found === eventId)) return undefined;
    if (found === undefined && looks < LOOKS) {
      await delay(LOOK_MS);
      continue;
    }
    const first = await firstId(log);
    if (logId !== undefined && first !== logId) {
      return `was filled from another log, which begins with event ${logId}, this one with ${first ?? 'none'}`;
    }
    const instead = found === undefined ? 'none' : `event ${found}`;
    return `was filled up to event ${eventId ?? '?'} at ${position}, where the log holds ${instead}`;
  }
}

async function firstId(log: Log): Promise<string | undefined> {
  for await (const { id } of log.readAll({ prefixes: streamPrefixes, limit: 1 })) return id;
  return undefined;
}

/** The read model was filled from another log: there is nothing to compare it with. */
export class ReadModelAstray extends Error {
  override readonly name = 'ReadModelAstray';
}
