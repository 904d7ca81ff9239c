import { expect, it } from '@jest/globals';
import { roleFor, roles, type Permission } from '#access';
import { rolesOfEvent, type DomainEventType } from '#domain';

/** What a caller must be allowed for the commands an event comes of; of numbering only `ops` speaks. */
const permissions: Readonly<
  Record<Exclude<DomainEventType, `Number${string}`>, readonly Permission[]>
> = {
  BookOpened: ['book.write'],
  BookEdited: ['book.write'],
  BookDiscarded: ['book.write'],
  BookClosed: ['book.close', 'proposal.settle'],
  EntryNumberAssigned: ['entry.write'],
  EntryCorrected: ['entry.write', 'proposal.settle'],
  EntryNumberVoided: ['entry.write'],
  CertificationRevoked: ['entry.revoke'],
  RevocationPublished: ['entry.revoke'],
  CopyStamped: ['entry.write'],
  CopySigned: ['copy.sign'],
  ClosingProposed: ['book.close'],
  CorrectionProposed: ['entry.write'],
  ProposalWithdrawn: ['entry.write'],
  ProposalRefused: ['proposal.settle'],
  // With whatever ends what it was about.
  ProposalLapsed: ['book.close', 'entry.write', 'entry.revoke'],
  SignatureRegistered: ['signature.write'],
  SignatureEdited: ['signature.write'],
  SignatureRevoked: ['signature.write'],
  SealRegistered: ['seal.write'],
  SealEdited: ['seal.write'],
  SealRevoked: ['seal.write'],
  MandateRecorded: ['mandate.write'],
  MandateEnded: ['mandate.write'],
  DossierReceived: ['dossier.write'],
  DossierExtended: ['dossier.write'],
  DossierReturned: ['dossier.write'],
  AgencyRegistered: ['agency.write'],
  AgencyRenamed: ['agency.write'],
  AgencyLevelChanged: ['agency.write'],
  AgencyCodesChanged: ['agency.write'],
  AgencyFourEyesChanged: ['agency.write'],
  AgencyRetired: ['agency.write'],
  SuccessionAccepted: ['agency.write'],
  RegisterExported: ['register.print', 'projections.read'],
  ImageKept: ['signature.write', 'seal.write'],
  WebhookSubscribed: ['webhook.write'],
  WebhookEdited: ['webhook.write'],
  WebhookSecretRotated: ['webhook.write'],
  WebhookPaused: ['webhook.write'],
  WebhookResumed: ['webhook.write'],
  WebhookEnded: ['webhook.write'],
};

it.each(Object.entries(permissions))(
  '%s can have been given in the roles that are let through to it, and in no other',
  (type, asked) => {
    const agencies = ['BK-001'];
    const mayGive = roles.filter((role) => {
      const caller = { account: 'a', name: 'A', roles: [role], agencies };
      return asked.some((permission) => roleFor(caller, permission, 'BK-001') !== undefined);
    });
    expect([...rolesOfEvent[type as DomainEventType]].sort()).toEqual([...mayGive].sort());
  },
);
