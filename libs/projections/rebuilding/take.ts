import type { Position, RecordedEvent } from '#event-store';
import type { StoredDoc } from '#read-store';
import { EventFault } from '../folding/event-fault.ts';
import { admitted, exclusionsOf } from '../folding/exclusions.ts';
import { folded, projectedEvents } from '../folding/fold.ts';
import { MOST_PARKED, withOne } from '../ledger/faults.ts';
import { partitionOf, type ProjectedEvent } from '../projection.ts';
import type { Filling } from './filling.ts';

/** A batch of the log into everything that is being filled. @throws EventFault */
export async function takeAll(
  fillings: readonly Filling[],
  batch: readonly RecordedEvent[],
): Promise<void> {
  const shared = projectedOnce(batch);
  for (const filling of fillings) await filling.load.write(await take(filling, batch, shared));
}

/** Undefined where one of them is at fault: then each filling finds out which, and what to do. */
function projectedOnce(batch: readonly RecordedEvent[]): readonly ProjectedEvent[] | undefined {
  try {
    return projectedEvents(batch);
  } catch (error) {
    if (error instanceof EventFault) return undefined;
    throw error;
  }
}

async function take(
  filling: Filling,
  batch: readonly RecordedEvent[],
  shared: readonly ProjectedEvent[] | undefined,
): Promise<readonly StoredDoc[]> {
  const { load, projection, reached, until } = filling;
  const after = reached.position;
  const isWanted = ({ position }: { readonly position: Position }) =>
    (after === undefined || position > after) && (until === undefined || position <= until);
  const all = after === undefined && until === undefined;
  for (;;) {
    try {
      const { exclusions } = filling;
      const mine = shared ?? projectedEvents(admitted(projection, exclusions, batch));
      const events = admitted(projection, exclusions, mine);
      return await folded(load, projection, all ? events : events.filter(isWanted));
    } catch (error) {
      setAside(filling, error);
    }
  }
}

/** @throws what was thrown, where it is not to be set aside */
function setAside(filling: Filling, error: unknown): void {
  const room = filling.parked.length < MOST_PARKED;
  if (!(error instanceof EventFault) || !filling.parks || !room) throw error;
  const at = new Date().toISOString();
  const { event, cause } = error;
  const partition = partitionOf(filling.projection, event.stream);
  const parked = { partition, event, error: String(cause), at, retry: false };
  filling.parked = withOne(filling.parked, parked);
  filling.exclusions = exclusionsOf(filling.exclusions.skipped, filling.parked);
}
