import type { Authority } from '../register/events.ts';
import type { Edited, Registered, Revoked, SpecimenFields } from '../specimen/specimen.ts';

/** The image must show name and title (seed); so they are recorded beside it. */
export interface SignatureFields extends SpecimenFields {
  readonly signerFullName: string;
  readonly signerTitle: string;
  readonly authority: Authority | null;
}

export type SignatureRegistered = {
  readonly type: 'SignatureRegistered';
  readonly data: Registered<SignatureFields>;
};
export type SignatureEdited = {
  readonly type: 'SignatureEdited';
  readonly data: Edited<SignatureFields>;
};
export type SignatureRevoked = { readonly type: 'SignatureRevoked'; readonly data: Revoked };

export type SignatureEvent = SignatureRegistered | SignatureEdited | SignatureRevoked;
