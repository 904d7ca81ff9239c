import { setTimeout as delay } from 'node:timers/promises';
import type { EventAt, EventStore, Position } from './port.ts';

/** So often, and so long apart, a place where nothing stands is asked about again. */
const LOOKS = 5;
const LOOK_MS = 200;

/**
 * The event at a position that some node of the log has answered: another node may not have it yet,
 * so that it is not there is believed only after a second. @throws EventStoreUnavailable
 */
export async function eventAtAnyNode(
  log: Pick<EventStore, 'eventAt'>,
  position: Position,
): Promise<EventAt | undefined> {
  for (let looks = 1; ; looks += 1) {
    const found = await log.eventAt(position);
    if (found !== undefined || looks === LOOKS) return found;
    await delay(LOOK_MS);
  }
}
