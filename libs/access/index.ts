export { EVERY_AGENCY, isAccount, isAgencyCode, roles } from './caller.ts';
export type { Caller, Role } from './caller.ts';
export { issueDevToken, MOST_DEV_HOURS } from './dev-issuer.ts';
export { passesToSuccessor, roleFor } from './permissions.ts';
export type { Permission } from './permissions.ts';
export { IssuerUnavailable, Unauthenticated } from './unauthenticated.ts';
export type { WrongClaim } from './unauthenticated.ts';
export { createVerifier } from './verifier.ts';
export type { Verifier } from './verifier.ts';
