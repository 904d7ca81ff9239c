import type { EventName } from '../ledger/ledger.ts';

/** An event that a projection cannot take; `cause` is what it threw. */
export class EventFault extends Error {
  override readonly name = 'EventFault';
  constructor(
    readonly event: EventName,
    cause: unknown,
  ) {
    super(`${event.type} ${event.stream}@${event.revision}: ${String(cause)}`, { cause });
  }
}

/** Without what else the event carries. */
export const nameOf = (
  { id, position, stream, revision }: Omit<EventName, 'type'>,
  type: string,
): EventName => ({ id, position, stream, revision, type });

/** @throws EventFault in place of whatever is thrown */
export function blaming<T>(event: Omit<EventName, 'type'>, type: string, take: () => T): T {
  try {
    return take();
  } catch (error) {
    throw new EventFault(nameOf(event, type), error);
  }
}
