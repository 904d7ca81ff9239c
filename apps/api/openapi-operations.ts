import { auditOperations } from './openapi-audit-operations.ts';
import { dossierOperations } from './openapi-dossier-operations.ts';
import { mandateOperations } from './openapi-mandate-operations.ts';
import { copyOperations } from './openapi-copy-operations.ts';
import { verificationOperations } from './openapi-verification-operations.ts';
import type { OperationRow } from './openapi-operation.ts';
import { proposalOperations } from './openapi-proposal-operations.ts';
import { runningOperations } from './openapi-running-operations.ts';
import type { ProblemCode } from './http/problems/codes.ts';
import {
  agencyCodes,
  dates,
  entry,
  mandated,
  newSpecimen,
  newVersion,
  noAgency,
  numbering,
  ofBook,
  period,
  pictures,
  seals,
} from './openapi-refusals.ts';

/** Every operation, by the method of its controller: one without a row has no document. */
export const operations: Readonly<Record<string, OperationRow>> = {
  'BooksController.open': {
    id: 'openBook',
    refusals: [...noAgency, ...period, ...numbering, 'BOOK_OPEN_EXISTS', 'BOOKS_EXHAUSTED'],
  },
  'BooksController.list': { id: 'listBooks' },
  // Read from the log, as a command is.
  'BooksController.next': {
    id: 'nextBook',
    refusals: [...ofBook, 'REGISTER_DAMAGED', 'REGISTER_UNREADABLE'],
  },
  'BooksController.details': { id: 'getBook', refusals: ofBook },
  'BooksController.edit': {
    id: 'editBook',
    refusals: [
      ...noAgency,
      ...ofBook,
      ...period,
      ...numbering,
      ...(['BOOK_LOCKED', 'BOOK_DISCARDED', 'FIELD_LOCKED', 'CLOSES_BEFORE_ENTRY'] as const),
    ],
  },
  'BooksController.discard': {
    id: 'discardBook',
    refusals: [...noAgency, ...ofBook, 'DELETE_USED', 'BOOK_LOCKED', 'REGISTER_PAUSED'],
  },
  'BooksController.close': {
    id: 'closeBook',
    refusals: [
      ...noAgency,
      ...ofBook,
      ...seals,
      ...(['BOOK_DISCARDED', 'BOOK_LOCKED', 'BOOK_NOT_OPEN', 'REGISTER_PAUSED'] as const),
      'PROPOSAL_NEEDED',
    ],
  },
  'EntriesController.assign': {
    id: 'assignEntryNumber',
    refusals: [
      ...noAgency,
      ...ofBook,
      ...dates,
      ...pictures,
      ...mandated,
      ...(['BOOK_CLOSED', 'BOOK_DISCARDED', 'BOOK_NOT_OPEN', 'DOCUMENT_NUMBERED'] as const),
      ...(['NUMBERS_EXHAUSTED', 'REGISTER_PAUSED'] as const),
    ],
  },
  'BatchController.assign': { id: 'assignEntryNumbers', refusals: ofBook },
  'EntriesController.list': { id: 'listEntries', refusals: ofBook },
  'EntriesController.one': { id: 'getEntry', refusals: ofBook },
  'EntriesController.correct': {
    id: 'correctEntry',
    refusals: [
      ...entry,
      ...dates,
      ...mandated,
      ...(['ENTRY_VOIDED', 'ENTRY_REVOKED', 'BOOK_NOTES_ONLY', 'CORRECTIONS_EXHAUSTED'] as const),
      'PROPOSAL_NEEDED',
    ],
  },
  'EntriesController.void': {
    id: 'voidEntryNumber',
    refusals: [...entry, 'ENTRY_REVOKED', 'BOOK_LOCKED', 'COPY_SIGNED'],
  },
  'EntriesController.revoke': {
    id: 'revokeCertification',
    refusals: [
      ...entry,
      ...(['ENTRY_VOIDED', 'ENTRY_REVOKED', 'DATE_IN_FUTURE', 'DECISION_BEFORE_ENTRY'] as const),
      'PUBLISHED_BEFORE_DECISION',
    ],
  },
  ...copyOperations,
  'RegisterTypesController.list': { id: 'listRegisterTypes' },
  'FeesController.proposal': { id: 'proposeFee' },
  'FeesController.month': { id: 'getFeeStatement' },
  'FiguresController.year': { id: 'getYearFigures' },
  'ReportsController.agency': { id: 'getReport' },
  'ReportsController.agencyFile': { id: 'getReportFile' },
  'ReportsController.agencies': { id: 'getReportOfAgencies' },
  'ReportsController.agenciesFile': { id: 'getReportOfAgenciesFile' },
  ...proposalOperations,
  'ExportsController.start': {
    id: 'startExport',
    refusals: [
      ...ofBook,
      ...(['REVISION_NOT_FOUND', 'READ_MODEL_BEHIND', 'TOO_MANY_WAITING'] as const),
      ...(['IDEMPOTENCY_KEY_REUSED', 'REGISTER_DAMAGED', 'REGISTER_UNREADABLE'] as const),
    ],
  },
  'ExportsController.list': { id: 'listExports' },
  'ExportsController.one': { id: 'getExport' },
  'ExportsController.cancel': { id: 'cancelExport' },
  'ExportsController.file': {
    id: 'getExportFile',
    refusals: ['EXPORT_NOT_READY', 'EXPORT_EXPIRED', 'EXPORT_FAILED'],
  },
  'SignaturesController.register': {
    id: 'registerSignature',
    refusals: [...noAgency, 'SIGNATURE_NAME_DUPLICATE', ...newSpecimen],
  },
  'SignaturesController.list': { id: 'listSignatures' },
  'SignaturesController.one': { id: 'getSignature' },
  'SignaturesController.image': { id: 'getSignatureImage' },
  'SignaturesController.edit': {
    id: 'editSignature',
    refusals: [
      ...noAgency,
      ...(['SIGNATURE_NOT_FOUND', 'SIGNATURE_REVOKED', 'SIGNATURE_NAME_DUPLICATE'] as const),
      ...newVersion,
    ],
  },
  'SignaturesController.revoke': {
    id: 'revokeSignature',
    refusals: [...noAgency, 'SIGNATURE_NOT_FOUND'],
  },
  'SealsController.register': {
    id: 'registerSeal',
    refusals: [...noAgency, 'SEAL_NAME_DUPLICATE', ...newSpecimen],
  },
  'SealsController.list': { id: 'listSeals' },
  'SealsController.one': { id: 'getSeal' },
  'SealsController.image': { id: 'getSealImage' },
  'SealsController.edit': {
    id: 'editSeal',
    refusals: [
      ...noAgency,
      ...(['SEAL_NOT_FOUND', 'SEAL_REVOKED', 'SEAL_NAME_DUPLICATE'] as const),
      ...newVersion,
    ],
  },
  'SealsController.revoke': { id: 'revokeSeal', refusals: [...noAgency, 'SEAL_NOT_FOUND'] },
  ...mandateOperations,
  ...dossierOperations,
  ...auditOperations,
  'AgenciesController.register': {
    id: 'registerAgency',
    refusals: [...agencyCodes, 'AGENCY_CODE', 'AGENCY_EXISTS'],
  },
  'AgenciesController.list': { id: 'listAgencies' },
  'AgenciesController.one': { id: 'getAgency' },
  'AgenciesController.edit': {
    id: 'editAgency',
    refusals: [...agencyCodes, 'AGENCY_NOT_FOUND', 'AGENCY_RETIRED'],
  },
  'AgenciesController.retire': {
    id: 'retireAgency',
    refusals: [
      ...(['AGENCY_NOT_FOUND', 'AGENCY_RETIRED', 'DATE_IN_FUTURE'] as const),
      ...(['SUCCESSOR_SELF', 'SUCCESSOR_NOT_FOUND', 'SUCCESSOR_RETIRED'] as const),
      ...(['SUCCESSOR_DISTRICT', 'SUCCESSOR_CYCLE'] as const),
    ],
  },
  'SignInController.facts': { id: 'getSignIn' },
  'SignInController.me': { id: 'getMe' },
  'DevelopmentController.token': {
    id: 'issueDevelopmentToken',
    refusals: ['FORBIDDEN', 'AGENCY_CODE', 'NOT_FOUND'],
  },
  ...runningOperations,
  ...verificationOperations,
};

/** The name of a controller's method in the document. @throws Error for one the table does not know */
export function operationId(controller: string, method: string): string {
  const row = operations[`${controller}.${method}`];
  if (!row) throw new Error(`${controller}.${method} has no row in ${import.meta.url}`);
  return row.id;
}

const byId = new Map(Object.values(operations).map((row) => [row.id, row]));

/** What an operation may be refused with, beside what any request or command may be. */
export const refusalsOf = (id = ''): readonly ProblemCode[] => byId.get(id)?.refusals ?? [];
