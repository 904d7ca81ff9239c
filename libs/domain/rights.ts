import type { DomainEventType } from './events.ts';

/**
 * In which roles each event can have been given: what `libs/access` lets through to its command, seen
 * from the log. Whoever replays history holds each event's actor against it.
 */
export const rolesOfEvent: Readonly<Record<DomainEventType, readonly string[]>> = {
  BookOpened: ['receiving-officer'],
  BookEdited: ['receiving-officer'],
  BookDiscarded: ['receiving-officer'],
  BookClosed: ['receiving-officer'],
  EntryNumberAssigned: ['receiving-officer'],
  EntryCorrected: ['receiving-officer'],
  EntryNumberVoided: ['receiving-officer'],
  CertificationRevoked: ['certifier'],
  NumberingPaused: ['operator'],
  NumbersLost: ['operator'],
  NumberingResumed: ['operator'],
  SignatureRegistered: ['certifier'],
  SignatureEdited: ['certifier'],
  SignatureRevoked: ['certifier'],
  SealRegistered: ['clerk'],
  SealEdited: ['clerk'],
  SealRevoked: ['clerk'],
  AgencyRegistered: ['operator'],
  AgencyRenamed: ['operator'],
  AgencyLevelChanged: ['operator'],
  AgencyRetired: ['operator'],
  SuccessionAccepted: ['operator'],
  ImageKept: ['certifier', 'clerk'],
};
