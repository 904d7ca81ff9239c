import type { OperationRow } from './openapi-operation.ts';
import { entry, ofBook } from './openapi-refusals.ts';

/** What may be wrong with any PDF that is sent. */
const ofPdf = [
  ...(['FILE_MISSING', 'FILE_OVER_LIMIT', 'TOO_MANY_WAITING', 'PDF_TOO_SLOW'] as const),
  ...(['PDF_TYPE', 'PDF_BROKEN', 'PDF_ENCRYPTED', 'PDF_TOO_COMPLEX'] as const),
] as const;

/** Electronic copies. By the method of its controller. */
export const copyOperations: Readonly<Record<string, OperationRow>> = {
  'CopiesController.list': { id: 'listCopies' },
  'CopiesController.one': { id: 'getCopy', refusals: ofBook },
  'CopiesController.stamp': {
    id: 'stampCopy',
    refusals: [
      ...entry,
      ...ofPdf,
      ...(['PDF_ACTIVE', 'PDF_SIGNED', 'PDF_PAGES', 'PDF_PAGE_SIZE'] as const),
      ...(['ENTRY_VOIDED', 'ENTRY_REVOKED', 'COPY_NOT_ELECTRONIC', 'COPY_OUTDATED'] as const),
      ...(['COPY_SIGNED', 'COPY_DRAWN_OTHERWISE', 'STAMPS_EXHAUSTED'] as const),
    ],
  },
  'CopiesController.sign': {
    id: 'recordSignedCopy',
    refusals: [
      ...entry,
      ...ofPdf,
      ...(['PDF_UNSIGNED', 'PDF_SIGNATURE'] as const),
      ...(['ENTRY_VOIDED', 'ENTRY_REVOKED', 'COPY_NOT_STAMPED', 'COPY_OUTDATED'] as const),
      'COPY_OTHER_FILE',
    ],
  },
};
