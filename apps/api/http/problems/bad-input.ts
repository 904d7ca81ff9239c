import type { FieldProblem } from './problem.ts';

/** Fields of the request that are missing, unknown or of a wrong type. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  constructor(readonly problems: readonly FieldProblem[]) {
    super('bad input');
  }
}
