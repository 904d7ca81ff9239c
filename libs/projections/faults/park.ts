import type { RecordedEvent } from '#event-store';
import type { ReadStore } from '#read-store';
import { advance } from '../folding/advance.ts';
import type { Target } from '../folding/checkpoint.ts';
import { EventFault } from '../folding/event-fault.ts';
import { exclusionsIn } from '../folding/exclusions.ts';
import { inCollection, MOST_PARKED, withParked } from '../ledger/faults.ts';
import { changeLedger, type Changed } from '../ledger/record.ts';
import { partitionOf } from '../projection.ts';
import { blame } from './blame.ts';

/**
 * Sets the event aside, with the rest of its partition; what follows of others is taken. Recorded
 * before anything behind it is, so that no event is passed over unsaid.
 */
export async function park(
  readStore: ReadStore,
  target: Target,
  { event, cause }: EventFault,
): Promise<{ readonly target: Target; readonly changed: Changed }> {
  const { projection, spec } = target;
  const partition = partitionOf(projection, event.stream);
  const at = new Date().toISOString();
  const parked = { partition, event, error: String(cause), at, retry: false };
  const changed = await changeLedger(readStore, projection, (ledger) =>
    inCollection(ledger, spec.name, withParked(parked)),
  );
  const exclusions = exclusionsIn(changed.after, spec.name);
  return { target: { ...target, exclusions }, changed };
}

/** There is room for one more: a projection at fault itself sets nothing aside for ever. */
export const hasRoom = ({ exclusions }: Target): boolean => exclusions.parked.size < MOST_PARKED;

/** Past a batch, setting aside whatever cannot be taken. */
export async function advanceOrPark(
  readStore: ReadStore,
  target: Target,
  batch: readonly RecordedEvent[],
): Promise<Target> {
  try {
    return await advance(readStore, target, batch);
  } catch (error) {
    const blamed = await blame(readStore, target, { batch, error });
    const fault = blamed.error;
    if (fault === undefined) return blamed.target;
    if (!(fault instanceof EventFault) || !hasRoom(blamed.target)) throw error;
    const parked = await park(readStore, blamed.target, fault);
    return advanceOrPark(readStore, parked.target, batch);
  }
}
