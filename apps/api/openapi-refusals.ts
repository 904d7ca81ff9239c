/** Codes that several operations may be refused with, by what they are about. */

export const noAgency = ['AGENCY_NOT_FOUND', 'AGENCY_RETIRED', 'AGENCY_DISTRICT_ENDED'] as const;
export const period = [
  'DATE_ORDER',
  'DATE_YEAR',
  'NAME_FORMAT',
  'NAME_YEAR',
  'YEAR_LOCKED',
] as const;
export const numbering = [
  'START_INVALID',
  'START_TOO_LARGE',
  'START_CONTINUITY',
  'START_REASON',
  'NAME_DUPLICATE',
  'REGISTER_PAUSED',
] as const;
export const dates = ['DATE_IN_FUTURE', 'OUTSIDE_PERIOD', 'ENTRY_DATE_ORDER'] as const;
export const entry = ['BOOK_NOT_FOUND', 'ENTRY_NOT_FOUND', 'ENTRY_LOST', ...noAgency] as const;
export const seals = ['SEAL_NOT_FOUND', 'SEAL_REVOKED', 'SEAL_NO_DEFAULT'] as const;
export const pictures = [
  'SIGNATURE_NOT_FOUND',
  'SIGNATURE_REVOKED',
  'SIGNATURE_SIGNER',
  'SIGNATURE_NO_DEFAULT',
  ...seals,
] as const;
/** A signature or a seal that is added, and a new picture of one. */
export const newSpecimen = ['SPECIMENS_EXHAUSTED', 'IMAGES_EXHAUSTED'] as const;
export const newVersion = ['VERSIONS_EXHAUSTED', 'IMAGES_EXHAUSTED'] as const;
export const ofProposal = [
  'BOOK_NOT_FOUND',
  'PROPOSAL_NOT_FOUND',
  'PROPOSAL_ENDED',
  ...noAgency,
] as const;
/** What stands behind who certifies in the chairman's place. */
export const mandated = ['MANDATE_MISSING'] as const;
export const ofBook = ['BOOK_NOT_FOUND'] as const;

/** What others call an agency. */
export const agencyCodes = ['AGENCY_IDENTIFIER', 'AGENCY_STATISTICAL_CODE'] as const;
