import type { ReadStore } from '#read-store';
import { eventMeant, eventsAtFault, retried, skipped } from '../ledger/faults.ts';
import type { Decision, EventName } from '../ledger/ledger.ts';
import { changeLedger } from '../ledger/record.ts';
import type { Projection } from '../projection.ts';

/** Who decides, and why. */
export type Deciding = Pick<Decision, 'reason' | 'account'>;

/**
 * Has a projection that stopped go on with what it stopped at, and take up again every stream
 * it has set aside. Its holder does so within a second.
 * @throws NothingAtFault
 */
export async function retryFaults(
  readStore: ReadStore,
  projection: Projection,
  deciding: Deciding,
): Promise<readonly EventName[]> {
  const decided = { ...deciding, at: new Date().toISOString() };
  const { before } = await changeLedger(readStore, projection, (ledger) =>
    retried(ledger, projection.name, decided),
  );
  return eventsAtFault(before.live.faults);
}

/**
 * Passes over one event at fault, for good: in this read model and in whatever it is rebuilt into.
 * What follows it, and was set aside with it, is taken.
 * @param position of the event; not needed where only one is at fault
 * @throws NothingAtFault
 */
export async function skipEvent(
  readStore: ReadStore,
  projection: Projection,
  { position, ...deciding }: Deciding & { readonly position?: string | undefined },
): Promise<EventName> {
  const { name } = projection;
  const decided = { ...deciding, at: new Date().toISOString() };
  const { before } = await changeLedger(readStore, projection, (ledger) =>
    skipped(ledger, eventMeant(ledger, name, position), decided),
  );
  return eventMeant(before, name, position);
}
