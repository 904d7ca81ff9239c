import { nameOf } from '../names.ts';
import { evolveSpecimens, type SpecimenChange, type Specimens } from '../specimen/specimen.ts';
import type { SignatureEvent, SignatureFields } from './events.ts';

/** All signature images of one account in one agency. */
export type SignatureState = Specimens<SignatureFields>;

export const noSignatures = (): SignatureState => [];

const PREFIX = 'signatures-';
const OLDER_PREFIX = 'signature-';

/** Signatures belong to the account that made them. */
export const signatureStream = (agency: string, account: string): string =>
  `${PREFIX}${nameOf(agency, account)}`;

/**
 * The name up to version 0.1, under which agency `BK` with account `001-a` and agency `BK-001` with
 * account `a` were one stream. Such a stream is gone on with by the account that wrote its first
 * event; everyone else has `signatureStream`.
 */
export const olderSignatureStream = (agency: string, account: string): string =>
  `${OLDER_PREFIX}${agency}-${account}`;

function changeOf(event: SignatureEvent): SpecimenChange<SignatureFields> {
  switch (event.type) {
    case 'SignatureRegistered':
      return { kind: 'registered', ...event.data };
    case 'SignatureEdited':
      return { kind: 'edited', ...event.data };
    case 'SignatureRevoked':
      return { kind: 'revoked', ...event.data };
    default:
      return event satisfies never;
  }
}

export const evolveSignatures = (state: SignatureState, event: SignatureEvent): SignatureState =>
  evolveSpecimens(state, changeOf(event));
