import { noCodes } from './agency/codes.ts';
import { misshapen } from './event-shapes.ts';
import { isDomainEventType, type DomainEvent, type DomainEventType } from './events.ts';
import { misshapenMetadata } from './metadata-shape.ts';
import type { EventMetadata } from './metadata.ts';
import { registerFormOn } from './register/form.ts';

/** The data of an event as some version wrote it: names and values as they stand in the log. */
type Data = Readonly<Record<string, unknown>>;
/** Data of one version as the next one writes it. */
type Upcast = (data: Data) => Data;

/**
 * What has changed in the shape of events, oldest first: the first function reads version 1. The log
 * is never rewritten; older events are brought to today's shape when they are read.
 */
const upcasts: Readonly<Partial<Record<DomainEventType, readonly Upcast[]>>> = {
  // 2: the form of register, which until then followed silently from the day.
  BookOpened: [(data) => ({ ...data, form: registerFormOn(String(data['openedOn'])) })],
  BookClosed: [
    // 2: the authority by which the certifier confirms, which until then nobody recorded.
    (data) => ({ ...data, confirmedByAuthority: null }),
    // 3: how many of its numbers a loss of data took away; until then none could be recorded.
    (data) => ({ ...data, totals: { ...(data['totals'] as Data), lost: 0 } }),
    // 4: whose proposal it confirms; until then every book was closed by one account.
    (data) => ({ ...data, proposed: null }),
    // 5: the seal that was put on it, which until then nobody recorded.
    (data) => ({ ...data, seal: null }),
  ],
  EntryNumberAssigned: [
    // 2: pages of the original and the fee they make by the tariff, which until then nobody recorded.
    (data) => ({ ...data, pages: null, proposedFee: null }),
    // 3: what a copy is verified by; copies given out until then bear no code.
    (data) => ({ ...data, verificationCode: null }),
    // 4: what who signed in the chairman's place stood on, which until then nobody recorded.
    (data) => ({ ...data, mandate: null }),
  ],
  // 2: the seal it is to be closed with, as of a closing.
  ClosingProposed: [(data) => ({ ...data, seal: null })],
  // 2: what others call it, which until then nobody recorded.
  AgencyRegistered: [(data) => ({ ...data, ...noCodes })],
  // 2: whose decision it is, which until then nobody recorded.
  CertificationRevoked: [(data) => ({ ...data, decisionIssuer: null })],
  EntryCorrected: [
    // 2: whose proposal it confirms, as of a closing.
    (data) => ({ ...data, proposed: null }),
    // 3: what it stands on as corrected, as of a number.
    (data) => ({ ...data, mandate: null }),
  ],
};

/** The version of an event's shape that is written now. */
export const currentVersion = (type: DomainEventType): number => (upcasts[type]?.length ?? 0) + 1;

/**
 * A stored event in today's shape.
 * @param version asked only of types that have changed: reading it may cost
 */
export function upcast(type: DomainEventType, data: Data, version: () => number): DomainEvent {
  const steps = upcasts[type];
  const current = steps ? steps.slice(version() - 1).reduce((old, step) => step(old), data) : data;
  return { type, data: current } as unknown as DomainEvent;
}

/** An event in the log that this version of the service cannot read; whoever goes by it must stop. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
  constructor(
    /** `unknown` and `newer`: a newer version of the service wrote it. `malformed`: none can have. */
    readonly kind: 'unknown' | 'newer' | 'malformed',
    detail: string,
  ) {
    super(detail);
  }
}

/**
 * An event as it stands in the log, in today's shape.
 * @param version of its shape, from its metadata
 * @throws UnreadableEvent
 */
export function readEvent(type: string, data: Data, version: () => number): DomainEvent {
  if (!isDomainEventType(type)) {
    throw new UnreadableEvent('unknown', `${type} is no event this version knows`);
  }
  const [written, known] = [version(), currentVersion(type)];
  if (written > known) {
    const detail = `${type} has shape ${written}; this version reads shapes up to ${known}`;
    throw new UnreadableEvent('newer', detail);
  }
  const event = upcast(type, data, version);
  const fault = misshapen(type, event.data);
  if (fault !== undefined) throw new UnreadableEvent('malformed', `${type}: ${fault}`);
  return event;
}

/** What stands beside an event's data. @throws UnreadableEvent */
export function readMetadata(metadata: unknown): EventMetadata {
  const fault = misshapenMetadata(metadata);
  if (fault !== undefined) throw new UnreadableEvent('malformed', fault);
  return metadata as EventMetadata;
}
