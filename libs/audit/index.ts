export { agencyAsOf, bookAsOf, entryAsOf, sealAsOf, signatureAsOf } from './as-of.ts';
export type { AsOf, Moment } from './as-of.ts';
export { accessKinds, createAccessLog } from './access-log.ts';
export type { AccessKind, AccessLog, AccessRecord } from './access-log.ts';
