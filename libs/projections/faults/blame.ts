import type { RecordedEvent } from '#event-store';
import { Fenced, ReadStoreUnavailable, type ReadStore } from '#read-store';
import { advance } from '../folding/advance.ts';
import type { Target } from '../folding/checkpoint.ts';
import { EventFault, nameOf } from '../folding/event-fault.ts';

/** Brings the target as far as it goes, and answers what it does not get past. @throws Fenced */
export async function blame(
  readStore: ReadStore,
  target: Target,
  { batch, error }: { readonly batch: readonly RecordedEvent[]; readonly error: unknown },
): Promise<{ readonly target: Target; readonly error: unknown }> {
  if (error instanceof Fenced) throw error;
  if (error instanceof ReadStoreUnavailable) return { target, error };
  if (error instanceof EventFault) return advanceBefore(readStore, target, { batch, error });
  let reached = target;
  for (const event of batch) {
    try {
      reached = await advance(readStore, reached, [event]);
    } catch (found) {
      if (found instanceof Fenced) throw found;
      const named = found instanceof EventFault || found instanceof ReadStoreUnavailable;
      const { type } = event;
      return { target: reached, error: named ? found : new EventFault(nameOf(event, type), found) };
    }
  }
  // It went well this time.
  return { target: reached, error: undefined };
}

/** An earlier event may be at fault as well: a batch is projected as a whole before it is folded. */
async function advanceBefore(
  readStore: ReadStore,
  target: Target,
  { batch, error }: { readonly batch: readonly RecordedEvent[]; readonly error: EventFault },
): ReturnType<typeof blame> {
  const before = batch.filter(({ position }) => position < error.event.position);
  try {
    return { target: await advance(readStore, target, before), error };
  } catch (found) {
    return blame(readStore, target, { batch: before, error: found });
  }
}
