import { agencyCodeOf, agencyStream } from './agency/agency.ts';
import { dossierOf, dossierStream, isDossierEvent } from './dossier/dossier.ts';
import type { DossierEvent } from './dossier/events.ts';
import type { DomainEvent } from './events.ts';
import type { Actor } from './metadata.ts';
import { exportsAgencyOf, exportsStream } from './exports/exports.ts';
import { imagesStream } from './images/images.ts';
import { isMandateEvent, mandatesStream } from './mandate/mandate.ts';
import { partsOf } from './names.ts';
import { isCopyEvent } from './register/copy-events.ts';
import { isProposalEvent } from './register/proposal.ts';
import { registerKeyOf } from './register/types.ts';
import { sealStream } from './seal/seal.ts';
import { olderSignatureStream, signatureStream } from './signature/signature.ts';
import { isWebhookEvent, webhookOf, webhookStream } from './webhook/webhook.ts';

/**
 * Whether an event can have come into this stream by a command: it was given by the account or the
 * agency whose stream it is. One that does not was put there by a fault or by somebody's hand, and
 * a fold that meets it stops.
 */
export function belongsTo(stream: string, event: DomainEvent, actor: Actor): boolean {
  if (isMandateEvent(event)) return mandatesStream(actor.agency) === stream;
  if (isDossierEvent(event)) return isOfDossier(stream, event, actor);
  if (isProposalEvent(event)) return registerKeyOf(stream) !== undefined;
  if (isWebhookEvent(event)) return webhookOf(stream)?.id === event.data.id;
  if (isCopyEvent(event)) return registerKeyOf(stream)?.agency === actor.agency;
  switch (event.type) {
    case 'BookOpened':
    case 'BookEdited':
    case 'BookDiscarded':
    case 'EntryNumberAssigned':
      return registerKeyOf(stream)?.agency === actor.agency;
    // A successor finishes what its predecessor began, and an operator says what was lost.
    case 'BookClosed':
    case 'EntryCorrected':
    case 'EntryNumberVoided':
    case 'CertificationRevoked':
    case 'RevocationPublished':
    case 'NumberingPaused':
    case 'NumbersLost':
    case 'NumberingResumed':
      return registerKeyOf(stream) !== undefined;
    case 'SignatureRegistered':
    case 'SignatureEdited':
    case 'SignatureRevoked':
      return isOfAccount(stream, actor);
    case 'SealRegistered':
    case 'SealEdited':
    case 'SealRevoked':
      return sealStream(actor.agency) === stream;
    // Who reads an agency's registers prints them: its successor's people and auditors, too.
    case 'RegisterExported':
      return exportsAgencyOf(stream) !== undefined;
    case 'ImageKept':
      return imagesStream(actor.agency) === stream;
    case 'AgencyRegistered':
    case 'AgencyRenamed':
    case 'AgencyLevelChanged':
    case 'AgencyCodesChanged':
    case 'AgencyFourEyesChanged':
    case 'AgencyRetired':
    case 'SuccessionAccepted':
      return agencyStream(event.data.code) === stream && agencyCodeOf(stream) !== undefined;
    default:
      return event satisfies never;
  }
}

/** A successor gives back what its predecessor had received, and receives nothing there. */
const isOfDossier = (stream: string, { type, data }: DossierEvent, { agency }: Actor): boolean =>
  dossierStream(data) === stream && (type === 'DossierReturned' || data.agency === agency);

/** Whether it holds the signatures of an account, under either name such streams have had. */
const isOfAccount = (stream: string, { agency, account }: Actor): boolean =>
  [signatureStream, olderSignatureStream].some((name) => name(agency, account) === stream);

/** Whose the thing is that an event is about. A successor's people act in registers that stay their predecessor's. */
export const ownerOf = (stream: string, actorAgency: () => string): string =>
  registerKeyOf(stream)?.agency ??
  agencyCodeOf(stream) ??
  exportsAgencyOf(stream) ??
  webhookOf(stream)?.agency ??
  dossierOf(stream)?.agency ??
  actorAgency();

/** Whether a stream is, or by its older name may be, an agency's: its registers', its people's, its own. */
export function mayBelongTo(stream: string, agency: string): boolean {
  const register = registerKeyOf(stream);
  if (register) return register.agency === agency;
  const own = [sealStream, mandatesStream, imagesStream, exportsStream, agencyStream].map((name) =>
    name(agency),
  );
  const [owner = ''] = partsOf(stream);
  const ofMany = [
    signatureStream(agency, ''),
    webhookStream(agency, ''),
    dossierStream({ agency, dossier: '' }),
  ];
  return (
    own.includes(stream) ||
    ofMany.some((name) => partsOf(name)[0] === owner) ||
    stream.startsWith(olderSignatureStream(agency, ''))
  );
}

/**
 * Whether an event is of an agency's stream: as `mayBelongTo`, and where the stream's older name
 * could be another agency's too, by whose account wrote it.
 */
export const isOfAgency = (stream: string, actorAgency: string, agency: string): boolean =>
  mayBelongTo(stream, agency) &&
  (!stream.startsWith(olderSignatureStream(agency, '')) || actorAgency === agency);
