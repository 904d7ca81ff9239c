export { after, held } from './passing.ts';
export { createPortalClient } from './portal.ts';
export type { Answer, PortalClient, PortalOptions } from './portal.ts';
export { PortalProblem, PortalUnreachable } from './problem.ts';
export type { FieldProblem, Sent } from './problem.ts';
export type { RetryPolicy } from './retry.ts';
export type * from './schema.ts';
