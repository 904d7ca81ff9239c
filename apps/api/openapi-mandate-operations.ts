import type { OperationRow } from './openapi-operation.ts';
import { noAgency } from './openapi-refusals.ts';

/** Mandates. */
export const mandateOperations: Readonly<Record<string, OperationRow>> = {
  'MandatesController.record': {
    id: 'recordMandate',
    refusals: [
      ...noAgency,
      ...(['DATE_IN_FUTURE', 'MANDATE_BEFORE_ISSUE', 'MANDATE_DATES'] as const),
      ...(['MANDATE_EXISTS', 'MANDATES_EXHAUSTED'] as const),
    ],
  },
  'MandatesController.list': { id: 'listMandates' },
  // Read from the log, as a number is given.
  'MandatesController.need': { id: 'needMandate' },
  'MandatesController.one': { id: 'getMandate' },
  'MandatesController.end': {
    id: 'endMandate',
    refusals: [
      ...noAgency,
      ...(['MANDATE_NOT_FOUND', 'MANDATE_ENDED', 'MANDATE_END_OUTSIDE'] as const),
    ],
  },
};
