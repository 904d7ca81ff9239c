import type { ProblemCode } from './http/problems/codes.ts';

/** What an operation is called in the document and in the client, and what it may be refused with. */
export interface OperationRow {
  /** Stable: portals call it by this name. */
  readonly id: string;
  /** What its command is refused with, beside what any request or command may be. */
  readonly refusals?: readonly ProblemCode[];
}
