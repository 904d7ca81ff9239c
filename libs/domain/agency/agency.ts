import { applyChanges } from '../changes.ts';
import type { AgencyCodes } from './codes.ts';
import type { AgencyEvent, AgencyLevel } from './events.ts';

interface AgencyFacts extends AgencyCodes {
  readonly code: string;
  readonly name: string;
  readonly level: AgencyLevel;
  /** Whether a closing and a correction take two accounts. */
  readonly fourEyes: boolean;
  /** Agencies whose registers it has agreed to take over. */
  readonly accepted: readonly string[];
}

export type Agency = AgencyFacts &
  (
    | { readonly state: 'active' }
    | {
        readonly state: 'retired';
        readonly successor: string | null;
        readonly retiredOn: string;
        readonly retireReason: string;
      }
  );

/** One agency; null until it is registered. */
export type AgencyState = Agency | null;

export const noAgency = (): AgencyState => null;

const PREFIX = 'agency-';
const CODE = /^[A-Z0-9][A-Z0-9.-]{0,31}$/;

export const agencyStream = (code: string): string => `${PREFIX}${code}`;

/** The inverse of `agencyStream`; undefined where the stream is no agency's. */
export const agencyCodeOf = (stream: string): string | undefined =>
  stream.startsWith(PREFIX) ? stream.slice(PREFIX.length) : undefined;

/** Capital letters, digits, dots and hyphens, at most 32: what stands in stream names and URLs. */
export const canBeAgencyCode = (text: string): boolean => CODE.test(text);

/** @throws Error when the log changes an agency it never registered: the log is damaged. */
function known(state: AgencyState, code: string): Agency {
  if (!state) throw new Error(`agency ${code} was never registered`);
  return state;
}

/** The agency after an event. Never refuses, validates or reads a clock. */
export function evolveAgency(state: AgencyState, event: AgencyEvent): AgencyState {
  switch (event.type) {
    case 'AgencyRegistered':
      return { ...event.data, fourEyes: false, accepted: [], state: 'active' };
    case 'AgencyRenamed':
      return { ...known(state, event.data.code), name: event.data.to };
    case 'AgencyLevelChanged':
      return { ...known(state, event.data.code), level: event.data.to };
    case 'AgencyCodesChanged':
      return applyChanges<Agency>(known(state, event.data.code), event.data.changes);
    case 'AgencyFourEyesChanged':
      return { ...known(state, event.data.code), fourEyes: event.data.to };
    case 'AgencyRetired': {
      const { code, successor, retiredOn, reason } = event.data;
      const ended = { successor, retiredOn, retireReason: reason };
      return { ...known(state, code), ...ended, state: 'retired' };
    }
    case 'SuccessionAccepted': {
      const agency = known(state, event.data.code);
      return { ...agency, accepted: [...agency.accepted, event.data.predecessor] };
    }
    default:
      return event satisfies never;
  }
}
