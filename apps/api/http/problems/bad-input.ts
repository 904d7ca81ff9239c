import type { FieldProblem } from './problem.ts';

/** Fields of the request that are missing, unknown or of a wrong type: answered as `badInputRow` says. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  constructor(readonly problems: readonly FieldProblem[]) {
    super('bad input');
  }
}

/** Several broken fields are one problem, `VALIDATION`, that lists them. */
export const badInputRow = { status: 422, title: 'Thông tin chưa hợp lệ' } as const;
