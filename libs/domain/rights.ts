import type { DomainEvent, DomainEventType } from './events.ts';

/**
 * In which roles each event can have been given: what `libs/access` lets through to its command, seen
 * from the log. Whoever replays history holds each event's actor against it.
 */
export const rolesOfEvent: Readonly<Record<DomainEventType, readonly string[]>> = {
  BookOpened: ['receiving-officer'],
  BookEdited: ['receiving-officer'],
  BookDiscarded: ['receiving-officer'],
  BookClosed: ['receiving-officer', 'certifier'],
  EntryNumberAssigned: ['receiving-officer'],
  EntryCorrected: ['receiving-officer', 'certifier'],
  EntryNumberVoided: ['receiving-officer'],
  CertificationRevoked: ['certifier'],
  RevocationPublished: ['certifier'],
  CopyStamped: ['receiving-officer'],
  CopySigned: ['certifier', 'clerk'],
  ClosingProposed: ['receiving-officer'],
  CorrectionProposed: ['receiving-officer'],
  ProposalWithdrawn: ['receiving-officer'],
  ProposalRefused: ['receiving-officer', 'certifier'],
  ProposalLapsed: ['receiving-officer', 'certifier'],
  NumberingPaused: ['operator'],
  NumbersLost: ['operator'],
  NumberingResumed: ['operator'],
  SignatureRegistered: ['certifier'],
  SignatureEdited: ['certifier'],
  SignatureRevoked: ['certifier'],
  SealRegistered: ['clerk'],
  SealEdited: ['clerk'],
  SealRevoked: ['clerk'],
  // The document lies with the agency's papers; neither who numbers by it nor whom it names records it.
  MandateRecorded: ['clerk'],
  MandateEnded: ['clerk'],
  DossierReceived: ['receiving-officer'],
  DossierExtended: ['receiving-officer'],
  DossierReturned: ['receiving-officer'],
  AgencyRegistered: ['operator'],
  AgencyRenamed: ['operator'],
  AgencyLevelChanged: ['operator'],
  AgencyCodesChanged: ['operator'],
  AgencyFourEyesChanged: ['operator'],
  AgencyRetired: ['operator'],
  SuccessionAccepted: ['operator'],
  ImageKept: ['certifier', 'clerk'],
  // Whoever may read a register may print it; operators do so on its machine (`ops print`).
  RegisterExported: ['receiving-officer', 'certifier', 'clerk', 'auditor', 'operator'],
  WebhookSubscribed: ['operator'],
  WebhookEdited: ['operator'],
  WebhookSecretRotated: ['operator'],
  WebhookPaused: ['operator'],
  WebhookResumed: ['operator'],
  WebhookEnded: ['operator'],
};

/** Who may do alone what a certifier may only confirm. */
const ALONE = ['receiving-officer'];

/** In which roles this very event can have been given: a certifier confirms, and begins nothing. */
export function rolesOf(event: DomainEvent): readonly string[] {
  const isConfirmed = 'proposed' in event.data && event.data.proposed !== null;
  const isOfTwo = event.type === 'BookClosed' || event.type === 'EntryCorrected';
  return isOfTwo && !isConfirmed ? ALONE : rolesOfEvent[event.type];
}
