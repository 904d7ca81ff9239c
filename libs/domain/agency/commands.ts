import type { CalendarDate } from '../calendar.ts';
import type { AgencyLevel } from './events.ts';

export interface RegisterAgency {
  readonly type: 'RegisterAgency';
  /** `BK-001`; never given to another agency, not even after this one has ended. */
  readonly code: string;
  readonly name: string;
  readonly level: AgencyLevel;
  /** What others call it, where that is known: `AgencyCodes`. */
  readonly identifier?: string | undefined;
  readonly statisticalCode?: string | undefined;
}

/** Renames an agency, puts its level or codes right, says whether two accounts have to agree, or all of it. */
export interface EditAgency {
  readonly type: 'EditAgency';
  readonly code: string;
  readonly name?: string | undefined;
  readonly level?: AgencyLevel | undefined;
  readonly fourEyes?: boolean | undefined;
  readonly identifier?: string | undefined;
  readonly statisticalCode?: string | undefined;
  readonly reason: string;
}

/** Ends an agency, for good; said again it names the successor of one that ended without. */
export interface RetireAgency {
  readonly type: 'RetireAgency';
  readonly code: string;
  /** The agency its registers pass to; null where there is none. */
  readonly successor: string | null;
  /** By default today. */
  readonly retiredOn?: string | undefined;
  readonly reason: string;
  /** Every agency whose registers this one has accepted, and those these had accepted, and so on. */
  readonly forebears: readonly string[];
  readonly today: CalendarDate;
}

/** The first half of a retirement, on the successor's side. */
export interface AcceptSuccession {
  readonly type: 'AcceptSuccession';
  readonly code: string;
  readonly predecessor: string;
  readonly reason: string;
  readonly today: CalendarDate;
}

export type AgencyCommand = RegisterAgency | EditAgency | RetireAgency | AcceptSuccession;
