export { agencyAsOf, bookAsOf, entryAsOf, sealAsOf, signatureAsOf } from './as-of.ts';
export type { AsOf, Moment } from './as-of.ts';
