import type { AgencyEvent } from './agency/events.ts';
import type { DossierEvent } from './dossier/events.ts';
import type { ImagesEvent } from './images/images.ts';
import type { ExportsEvent } from './exports/exports.ts';
import { eventLabels } from './labels.ts';
import type { MandateEvent } from './mandate/events.ts';
import type { RegisterEvent } from './register/events.ts';
import type { SealEvent } from './seal/events.ts';
import type { SignatureEvent } from './signature/events.ts';
import type { WebhookEvent } from './webhook/events.ts';

/** Every event there is. */
export type DomainEvent =
  | RegisterEvent
  | SignatureEvent
  | SealEvent
  | MandateEvent
  | DossierEvent
  | AgencyEvent
  | ImagesEvent
  | ExportsEvent
  | WebhookEvent;
export type DomainEventType = DomainEvent['type'];

/** The version of each event's shape that is written now; stands in its metadata. */
export const schemaVersions: Readonly<Record<DomainEventType, number>> = {
  BookOpened: 2,
  BookEdited: 1,
  BookDiscarded: 1,
  BookClosed: 5,
  EntryNumberAssigned: 4,
  EntryCorrected: 3,
  EntryNumberVoided: 1,
  CertificationRevoked: 2,
  RevocationPublished: 1,
  CopyStamped: 1,
  CopySigned: 1,
  ClosingProposed: 2,
  CorrectionProposed: 1,
  ProposalWithdrawn: 1,
  ProposalRefused: 1,
  ProposalLapsed: 1,
  NumberingPaused: 1,
  NumbersLost: 1,
  NumberingResumed: 1,
  SignatureRegistered: 1,
  SignatureEdited: 1,
  SignatureRevoked: 1,
  SealRegistered: 1,
  SealEdited: 1,
  SealRevoked: 1,
  MandateRecorded: 1,
  MandateEnded: 1,
  DossierReceived: 1,
  DossierExtended: 1,
  DossierReturned: 1,
  AgencyRegistered: 2,
  AgencyCodesChanged: 1,
  AgencyRenamed: 1,
  AgencyLevelChanged: 1,
  AgencyFourEyesChanged: 1,
  AgencyRetired: 1,
  SuccessionAccepted: 1,
  ImageKept: 1,
  RegisterExported: 1,
  WebhookSubscribed: 1,
  WebhookEdited: 1,
  WebhookSecretRotated: 1,
  WebhookPaused: 1,
  WebhookResumed: 1,
  WebhookEnded: 1,
};

export const isDomainEventType = (type: string): type is DomainEventType =>
  Object.hasOwn(eventLabels, type);

/** Stream prefixes of everything the domain writes. */
export const streamPrefixes = [
  'register-',
  'signatures-',
  // Written up to version 0.1, and gone on with where they are.
  'signature-',
  'seal-',
  'mandates-',
  'dossier-',
  'agency-',
  'images-',
  'exports-',
  'webhook-',
] as const;
export type StreamPrefix = (typeof streamPrefixes)[number];
