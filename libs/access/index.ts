export { EVERY_AGENCY, isAccount, isAgencyCode, roles } from './caller.ts';
export type { Caller, Role } from './caller.ts';
export { issueDevToken } from './dev-issuer.ts';
export { passesToSuccessor, roleFor } from './permissions.ts';
export type { Permission } from './permissions.ts';
export { createVerifier, IssuerUnavailable, Unauthenticated } from './verifier.ts';
export type { Verifier } from './verifier.ts';
