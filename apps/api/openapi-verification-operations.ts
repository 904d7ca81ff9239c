import type { OperationRow } from './openapi-operation.ts';

/** What is asked without an account may be refused with all the same. */
const byAnybody = [
  'TOO_MANY_REQUESTS',
  'TOO_MANY_WAITING',
  'READ_TOO_SLOW',
  'READ_MODEL_ASTRAY',
] as const;

/** What whoever holds a copy asks. By the method of its controller. */
export const verificationOperations: Readonly<Record<string, OperationRow>> = {
  'VerificationController.code': {
    id: 'verifyCode',
    refusals: [...byAnybody, 'VERIFICATION_CODE_FORMAT', 'VERIFICATION_UNKNOWN'],
  },
  'VerificationController.file': {
    id: 'verifyFile',
    refusals: [...byAnybody, 'FILE_MISSING', 'FILE_OVER_LIMIT'],
  },
};
