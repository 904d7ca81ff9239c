export { after, held } from './passing.ts';
export { createPortalClient } from './portal.ts';
export type { PortalClient, PortalOptions } from './portal.ts';
export type { Answer, CallOptions, CommandOptions, QueryOptions } from './call.ts';
export type { PortalMethods } from './methods.ts';
export { PortalProblem, PortalUnreachable } from './problem.ts';
export type { FieldProblem, RefusalCode, Sent } from './problem.ts';
export type { RetryPolicy } from './retry.ts';
export type * from './schema.ts';
