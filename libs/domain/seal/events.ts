import type { Edited, Registered, Revoked, SpecimenFields } from '../specimen/specimen.ts';

export type SealFields = SpecimenFields;

export type SealRegistered = {
  readonly type: 'SealRegistered';
  readonly data: Registered<SealFields>;
};
export type SealEdited = { readonly type: 'SealEdited'; readonly data: Edited<SealFields> };
export type SealRevoked = { readonly type: 'SealRevoked'; readonly data: Revoked };

export type SealEvent = SealRegistered | SealEdited | SealRevoked;
