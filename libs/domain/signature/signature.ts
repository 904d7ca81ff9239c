import { evolveSpecimens, type SpecimenChange, type Specimens } from '../specimen/specimen.ts';
import type { SignatureEvent, SignatureFields } from './events.ts';

/** All signature images of one account in one agency. */
export type SignatureState = Specimens<SignatureFields>;

export const noSignatures: SignatureState = [];

/** Signatures belong to the account that made them. */
export const signatureStream = (agency: string, account: string): string =>
  `signature-${agency}-${account}`;

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
