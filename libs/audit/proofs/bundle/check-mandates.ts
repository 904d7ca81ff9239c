import {
  covers,
  evolveMandates,
  isMandateEvent,
  isOfCertifier,
  mandatesStream,
  noMandates,
  ruleAsking,
  type Certifying,
  type DomainEvent,
  type EntryColumns,
  type Mandates,
  type MandateUse,
  type RegisterKey,
  type SignatureUse,
} from '#domain';
import { requireBefore } from './before.ts';
import type { Report } from './report.ts';

type EventOf<T extends DomainEvent['type']> = Extract<DomainEvent, { type: T }>;

/** An entry as it was given, or as a correction left it. */
export type Stood = EntryColumns & {
  readonly signature: SignatureUse | null;
  readonly mandate: MandateUse | null;
};

/** Which register an event is of, in which shape it was written, and whom to tell. */
export interface Written {
  readonly register: RegisterKey;
  readonly schemaVersion: number;
  readonly report: Report;
}

/** The versions since which events say what a certification stands on. */
const SINCE = { EntryNumberAssigned: 4, EntryCorrected: 3 } as const;

/** Mandates: their changes as they stood, and that each number stands on what it says it does. */
export class MandatesCheck {
  /** Each agency's, as they were at each revision of their stream. */
  private readonly agencies = new Map<string, Mandates[]>();

  /** A mandate that is recorded or ended. */
  see(stream: string, event: DomainEvent, report: Report): void {
    if (!isMandateEvent(event)) return;
    const revisions = this.agencies.get(stream) ?? [];
    const before = revisions.at(-1) ?? noMandates();
    const { type, data } = event;
    const known = before.find(({ id }) => id === data.id);
    const follows = type === 'MandateRecorded' ? !known : known?.state === 'recorded';
    if (!follows) report('MANDATE_CHANGE', { type, id: data.id });
    revisions.push(evolveMandates(before, event));
    this.agencies.set(stream, revisions);
  }

  /** That who certifies a number could. */
  assigned({ type, data }: EventOf<'EntryNumberAssigned'>, written: Written): void {
    if (written.schemaVersion >= SINCE[type]) this.require(data.number, data, written);
  }

  /** The same of a correction of who, when or by which authority; of another nothing moves. */
  corrected(
    { type, data }: EventOf<'EntryCorrected'>,
    {
      before,
      after,
    }: { readonly before: Readonly<Record<string, unknown>>; readonly after: Stood },
    written: Written,
  ): void {
    if (written.schemaVersion < SINCE[type]) return;
    const { number, mandate, changes } = data;
    const kept = { mandate: { from: mandate, to: mandate } };
    if (isOfCertifier(changes)) this.require(number, after, written);
    else requireBefore(type, before, kept, written.report);
  }

  private require(number: number, stood: Stood, { register, report }: Written): void {
    const { mandate } = stood;
    const isNeeded = ruleAsking(stood.authority, stood.certifiedOn) !== undefined;
    if (!isNeeded && mandate === null) return;
    const known = this.agencies.get(mandatesStream(register.agency)) ?? [];
    const then = known[mandate?.revision ?? -1] ?? [];
    const found = then.find(({ id }) => id === mandate?.id);
    const account = stood.signature?.account ?? null;
    const by: Certifying = { ...stood, type: register.type, account };
    if (!found || !covers(found, by))
      report('MANDATE', { number, mandate: mandate?.mandateNumber ?? null });
  }
}
