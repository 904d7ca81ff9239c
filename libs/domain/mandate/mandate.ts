import { dayAfter } from '../calendar.ts';
import type { MandateEvent, MandateFields } from './events.ts';

export type Mandate = MandateFields & {
  readonly id: string;
} & (
    | { readonly state: 'recorded' }
    | { readonly state: 'ended'; readonly endedOn: string; readonly endReason: string }
  );

/** Every mandate of one agency, in the order they were recorded. */
export type Mandates = readonly Mandate[];

export const noMandates = (): Mandates => [];

const PREFIX = 'mandates-';

/** Mandates are an agency's: one stream each. */
export const mandatesStream = (agency: string): string => `${PREFIX}${agency}`;

export const isMandateEvent = (event: { readonly type: string }): event is MandateEvent =>
  event.type === 'MandateRecorded' || event.type === 'MandateEnded';

/** The mandates after an event. Never refuses, validates or reads a clock. */
export function evolveMandates(state: Mandates, event: MandateEvent): Mandates {
  switch (event.type) {
    case 'MandateRecorded':
      return [...state, { ...event.data, state: 'recorded' }];
    case 'MandateEnded': {
      const { id, endedOn, reason: endReason } = event.data;
      const end = (one: Mandate): Mandate => ({ ...one, state: 'ended', endedOn, endReason });
      return state.map((one) => (one.id === id ? end(one) : one));
    }
    default:
      return event satisfies never;
  }
}

/** Behind every day there is. */
const NEVER = '9999-12-31';

/** The first day on which nobody certifies by it any more. */
export function mandateOutFrom(mandate: Mandate): string {
  if (mandate.state === 'ended') return mandate.endedOn;
  const { validTo } = mandate;
  return validTo === null || validTo >= NEVER ? NEVER : dayAfter(validTo);
}

/** Whether one can certify by it on a day. */
export const isInForce = (mandate: Mandate, day: string): boolean =>
  mandate.validFrom <= day && day < mandateOutFrom(mandate);

/** How it stands on a day. */
export type MandateStatus = 'not-yet' | 'in-force' | 'over' | 'ended';

export function mandateStatus(mandate: Mandate, day: string): MandateStatus {
  if (day < mandate.validFrom) return 'not-yet';
  if (isInForce(mandate, day)) return 'in-force';
  return mandate.state === 'ended' ? 'ended' : 'over';
}
