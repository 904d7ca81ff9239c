import type { RefusalCode } from '#domain';
import type { FieldProblem } from './problem.ts';

/** What can be wrong with the shape of a field, beside what the domain says of its value. */
export const shapeCodes = ['TYPE', 'UNKNOWN_FIELD', 'DUPLICATE_FIELD', 'NOT_ALLOWED'] as const;

/** What a field can be refused with before a command is decided. */
export type InputCode = (typeof shapeCodes)[number] | RefusalCode;

/** Fields of the request that are missing, unknown or of a wrong type: answered as `badInputRow` says. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  constructor(readonly problems: readonly FieldProblem[]) {
    super('bad input');
  }
}

/** Several broken fields are one problem, `VALIDATION`, that lists them. */
export const badInputRow = { status: 422, title: 'Thông tin chưa hợp lệ' } as const;
