import type { ReadStore } from '#read-store';
import type { Projection } from '../projection.ts';
import { recordDecision, type Decision } from './decisions.ts';
import { changeFaults, readFaults, type EventName, type Faults } from './faults.ts';
import { requireLive } from './generations.ts';

/** Who decides, and why. */
export type Decided = Pick<Decision, 'reason' | 'account'>;

/** There is nothing to be decided, or not what was named; nothing was changed. */
export class NothingAtFault extends Error {
  override readonly name = 'NothingAtFault';
}

/**
 * Has a projection that stopped go on with what it stopped at, and take up again every stream
 * it has set aside. Its holder does so within a second.
 * @throws NothingAtFault
 */
export async function retryFaults(
  readStore: ReadStore,
  projection: Projection,
  decided: Decided,
): Promise<readonly EventName[]> {
  const { spec } = await requireLive(readStore, projection);
  const faults = await readFaults(readStore, spec);
  const events = eventsAtFault(faults);
  const at = new Date().toISOString();
  if (events.length === 0 && !faults.failure)
    throw new NothingAtFault(`${projection.name}: nothing to be retried`);
  await recordDecision(readStore, projection, { kind: 'retry', event: null, ...decided, at });
  await changeFaults(readStore, spec, (before) => ({
    failure: null,
    parked: before.parked.map((one) => ({ ...one, retry: true })),
  }));
  return events;
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
  { position, ...decided }: Decided & { readonly position?: string | undefined },
): Promise<EventName> {
  const { spec } = await requireLive(readStore, projection);
  const event = chosen(projection, eventsAtFault(await readFaults(readStore, spec)), position);
  const at = new Date().toISOString();
  await recordDecision(readStore, projection, { kind: 'skip', event, ...decided, at });
  const isIt = (other: EventName | null | undefined) => other?.position === event.position;
  await changeFaults(readStore, spec, ({ failure, parked }) => ({
    failure: isIt(failure?.event) ? null : failure,
    parked: parked.map((one) => (isIt(one.event) ? { ...one, retry: true } : one)),
  }));
  return event;
}

const eventsAtFault = ({ failure, parked }: Faults): readonly EventName[] => [
  ...(failure?.event ? [failure.event] : []),
  ...parked.map(({ event }) => event),
];

function chosen(
  { name }: Projection,
  events: readonly EventName[],
  position: string | undefined,
): EventName {
  const found = position === undefined ? events : events.filter((one) => one.position === position);
  const [event] = found;
  if (event && found.length === 1) return event;
  if (events.length === 0) throw new NothingAtFault(`${name}: no event is at fault`);
  const positions = events.map((one) => one.position).join(', ');
  throw new NothingAtFault(
    `${name}: name one of the events at fault by its position: ${positions}`,
  );
}
