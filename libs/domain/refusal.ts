import type { AppointmentFault, Dossier } from './dossier/dossier.ts';
import type { Field } from './labels.ts';
import type { Certifying, MandateLack } from './mandate/use.ts';
import type { Difference, Entry } from './register/entry.ts';
import type { ProposalEnding } from './register/proposal.ts';
import type { WebhookUrlFault } from './webhook/url-fault.ts';

type None = Readonly<Record<string, never>>;
/** The field that names it, where a command about something else does. */
interface InField {
  readonly field?: Field;
}
/** An agency that is no more. */
interface Ended {
  readonly code: string;
  readonly retiredOn: string;
  readonly successor: string | null;
}

/**
 * Every way the domain can say no, with the figures its message needs. The closed list of codes:
 * HTTP status and Vietnamese text stand in one table in the API, typed by this interface.
 */
export interface RefusalDetails {
  /** Several of a form’s fields at once. */
  VALIDATION: { readonly refused: readonly Refusal[] };
  REQUIRED: { readonly field: Field };
  TEXT_BROKEN: { readonly field: Field };
  TOO_LONG: { readonly field: Field; readonly limit: number };
  NUMBER_INVALID: { readonly field: Field; readonly least: number; readonly most: number };
  NAME_FORMAT: { readonly given: string };
  NAME_DUPLICATE: { readonly name: string };
  NAME_YEAR: { readonly name: string; readonly year: number };
  YEAR_LOCKED: { readonly year: number };
  DATE_FORMAT: { readonly field: Field };
  DATE_ORDER: None;
  DATE_YEAR: { readonly year: number };
  CLOSES_BEFORE_ENTRY: { readonly lastEntryOn: string };
  START_INVALID: None;
  START_TOO_LARGE: { readonly most: number };
  START_CONTINUITY: { readonly expected: number };
  START_REASON: None;
  BOOK_OPEN_EXISTS: { readonly name: string };
  BOOK_NOT_FOUND: None;
  BOOK_NOT_OPEN: { readonly name: string; readonly since: 'not-yet' | 'over' | 'year-over' };
  BOOK_CLOSED: { readonly name: string; readonly isYearOver: boolean };
  BOOK_LOCKED: { readonly name: string };
  BOOK_NOTES_ONLY: { readonly name: string };
  BOOK_DISCARDED: { readonly name: string };
  FIELD_LOCKED: { readonly field: Field };
  DELETE_USED: { readonly name: string };
  BOOKS_EXHAUSTED: { readonly most: number };
  REGISTER_PAUSED: { readonly reason: string };
  NUMBERING_NOT_PAUSED: None;
  LAST_GIVEN_BEFORE: { readonly lastNumber: number };
  LOST_TOO_MANY: { readonly from: number; readonly most: number };
  NUMBERS_EXHAUSTED: { readonly most: number };
  OUTSIDE_PERIOD: { readonly openedOn: string; readonly closesOn: string };
  ENTRY_DATE_ORDER: { readonly notBefore?: string; readonly notAfter?: string };
  DATE_IN_FUTURE: { readonly field: Field };
  DOCUMENT_NUMBERED: { readonly entry: Entry; readonly differences: readonly Difference[] };
  ENTRY_NOT_FOUND: { readonly number: number };
  ENTRY_LOST: { readonly number: number };
  CORRECTIONS_EXHAUSTED: { readonly numberText: string; readonly most: number };
  ENTRY_VOIDED: { readonly numberText: string };
  ENTRY_REVOKED: { readonly numberText: string };
  PUBLISHED_BEFORE_DECISION: { readonly decisionDate: string };
  COPY_NOT_ELECTRONIC: { readonly title: string };
  COPY_NOT_STAMPED: { readonly numberText: string };
  COPY_OUTDATED: { readonly numberText: string };
  COPY_SIGNED: { readonly numberText: string };
  COPY_OTHER_FILE: { readonly numberText: string; readonly isSigned: boolean };
  STAMPS_EXHAUSTED: { readonly numberText: string; readonly most: number };
  DECISION_BEFORE_ENTRY: { readonly certifiedOn: string };
  PROPOSAL_NEEDED: { readonly code: string };
  PROPOSALS_OFF: { readonly code: string };
  PROPOSAL_EMPTY: None;
  PROPOSAL_NOT_FOUND: None;
  PROPOSAL_WAITING: { readonly by: string };
  PROPOSAL_ENDED: { readonly as: ProposalEnding };
  PROPOSAL_OUTDATED: { readonly numberText: string };
  PROPOSAL_OWN: { readonly by: string };
  PROPOSAL_FOREIGN: { readonly by: string };
  REASON: None;
  SIGNATURE_NOT_FOUND: InField;
  SIGNATURE_REVOKED: InField & { readonly name: string };
  SIGNATURE_SIGNER: { readonly name: string; readonly signer: string };
  SIGNATURE_NAME_DUPLICATE: { readonly name: string };
  SIGNATURE_NO_DEFAULT: { readonly field: Field; readonly account: string };
  SPECIMENS_EXHAUSTED: { readonly most: number };
  VERSIONS_EXHAUSTED: { readonly name: string; readonly most: number };
  IMAGES_EXHAUSTED: { readonly field: Field; readonly mostMiB: number };
  SEAL_NOT_FOUND: InField;
  SEAL_NO_DEFAULT: { readonly field: Field };
  SEAL_REVOKED: InField & { readonly name: string };
  SEAL_NAME_DUPLICATE: { readonly name: string };
  /** `lack`: what the nearest mandate fails first; `person` where there is none of the name. */
  MANDATE_MISSING: Omit<Certifying, 'account'> & {
    readonly since: string;
    readonly lack: MandateLack;
  };
  MANDATE_NOT_FOUND: None;
  MANDATE_EXISTS: { readonly mandateNumber: string };
  MANDATE_BEFORE_ISSUE: { readonly issuedOn: string };
  MANDATE_DATES: { readonly validFrom: string };
  MANDATE_ENDED: { readonly mandateNumber: string; readonly endedOn: string };
  MANDATE_END_OUTSIDE: { readonly validFrom: string; readonly validTo: string | null };
  MANDATES_EXHAUSTED: { readonly most: number };
  TIME_FORMAT: { readonly field: Field };
  DOSSIER_CODE: None;
  DOSSIER_RECEIVED_AT: { readonly because: 'future' | 'long-ago' };
  DOSSIER_NOT_FOUND: { readonly dossier: string };
  DOSSIER_EXISTS: { readonly stands: Dossier };
  DOSSIER_RETURNED: { readonly dossier: string };
  APPOINTMENT_TIME: { readonly because: AppointmentFault; readonly firstDueAt: string };
  /** `latest`: the last day without an agreement in writing. */
  APPOINTMENT_AGREEMENT: { readonly latest: string };
  AGENCY_CODE: None;
  AGENCY_IDENTIFIER: None;
  AGENCY_STATISTICAL_CODE: None;
  AGENCY_EXISTS: { readonly code: string; readonly name: string };
  AGENCY_NOT_FOUND: { readonly code: string };
  AGENCY_RETIRED: Ended;
  AGENCY_DISTRICT_ENDED: { readonly code: string };
  SUCCESSOR_SELF: None;
  SUCCESSOR_NOT_FOUND: { readonly code: string };
  SUCCESSOR_RETIRED: Ended;
  SUCCESSOR_DISTRICT: { readonly code: string };
  SUCCESSOR_CYCLE: { readonly code: string; readonly successor: string };
  WEBHOOK_NOT_FOUND: None;
  WEBHOOK_EXISTS: { readonly name: string };
  WEBHOOK_ENDED: { readonly name: string };
  WEBHOOK_TYPE: { readonly type: string };
  WEBHOOK_URL: { readonly because: WebhookUrlFault };
}

export type RefusalCode = keyof RefusalDetails;

/** A command the rules do not allow. Nothing was written. */
export class Refusal<C extends RefusalCode = RefusalCode> extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: C,
    readonly details: RefusalDetails[C],
  ) {
    super(code);
  }
}

/** Throws the refusal; an expression, so it can stand behind `??`. */
export function refuse<C extends RefusalCode>(code: C, details: RefusalDetails[C]): never {
  throw new Refusal(code, details);
}
