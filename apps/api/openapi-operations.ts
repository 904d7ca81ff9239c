import { ofThePast } from './http/document/problem-codes.ts';
import type { ProblemCode } from './http/problems/codes.ts';

/** What an operation is called in the document and in the client, and what it may be refused with. */
export interface OperationRow {
  /** Stable: portals call it by this name. */
  readonly id: string;
  /** What its command is refused with, beside what any request or command may be. */
  readonly refusals?: readonly ProblemCode[];
}

const noAgency = ['AGENCY_NOT_FOUND', 'AGENCY_RETIRED', 'AGENCY_DISTRICT_ENDED'] as const;
const period = ['DATE_ORDER', 'DATE_YEAR', 'NAME_FORMAT', 'NAME_YEAR', 'YEAR_LOCKED'] as const;
const numbering = [
  'START_INVALID',
  'START_TOO_LARGE',
  'START_CONTINUITY',
  'START_REASON',
  'NAME_DUPLICATE',
  'REGISTER_PAUSED',
] as const;
const dates = ['DATE_IN_FUTURE', 'OUTSIDE_PERIOD', 'ENTRY_DATE_ORDER'] as const;
const entry = ['BOOK_NOT_FOUND', 'ENTRY_NOT_FOUND', 'ENTRY_LOST', ...noAgency] as const;
const pictures = [
  'SIGNATURE_NOT_FOUND',
  'SIGNATURE_REVOKED',
  'SIGNATURE_SIGNER',
  'SIGNATURE_NO_DEFAULT',
  'SEAL_NOT_FOUND',
  'SEAL_REVOKED',
  'SEAL_NO_DEFAULT',
] as const;
const ofBook = ['BOOK_NOT_FOUND'] as const;

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
      ...(['BOOK_DISCARDED', 'BOOK_LOCKED', 'BOOK_NOT_OPEN', 'REGISTER_PAUSED'] as const),
    ],
  },
  'EntriesController.assign': {
    id: 'assignEntryNumber',
    refusals: [
      ...noAgency,
      ...ofBook,
      ...dates,
      ...pictures,
      ...(['BOOK_CLOSED', 'BOOK_DISCARDED', 'BOOK_NOT_OPEN', 'DOCUMENT_NUMBERED'] as const),
      ...(['NUMBERS_EXHAUSTED', 'REGISTER_PAUSED'] as const),
    ],
  },
  'EntriesController.list': { id: 'listEntries', refusals: ofBook },
  'EntriesController.one': { id: 'getEntry', refusals: ofBook },
  'EntriesController.correct': {
    id: 'correctEntry',
    refusals: [
      ...entry,
      ...dates,
      ...(['ENTRY_VOIDED', 'ENTRY_REVOKED', 'BOOK_NOTES_ONLY', 'CORRECTIONS_EXHAUSTED'] as const),
    ],
  },
  'EntriesController.void': {
    id: 'voidEntryNumber',
    refusals: [...entry, 'ENTRY_REVOKED', 'BOOK_LOCKED'],
  },
  'EntriesController.revoke': {
    id: 'revokeCertification',
    refusals: [
      ...entry,
      ...(['ENTRY_VOIDED', 'ENTRY_REVOKED', 'DATE_IN_FUTURE', 'DECISION_BEFORE_ENTRY'] as const),
    ],
  },
  'RegisterTypesController.list': { id: 'listRegisterTypes' },
  'FeesController.proposal': { id: 'proposeFee' },
  'FeesController.month': { id: 'getFeeStatement' },
  'SignaturesController.register': {
    id: 'registerSignature',
    refusals: [...noAgency, 'SIGNATURE_NAME_DUPLICATE', 'IMAGES_EXHAUSTED'],
  },
  'SignaturesController.list': { id: 'listSignatures' },
  'SignaturesController.one': { id: 'getSignature' },
  'SignaturesController.image': { id: 'getSignatureImage' },
  'SignaturesController.edit': {
    id: 'editSignature',
    refusals: [
      ...noAgency,
      ...(['SIGNATURE_NOT_FOUND', 'SIGNATURE_REVOKED', 'SIGNATURE_NAME_DUPLICATE'] as const),
      'IMAGES_EXHAUSTED',
    ],
  },
  'SignaturesController.revoke': {
    id: 'revokeSignature',
    refusals: [...noAgency, 'SIGNATURE_NOT_FOUND'],
  },
  'SealsController.register': {
    id: 'registerSeal',
    refusals: [...noAgency, 'SEAL_NAME_DUPLICATE', 'IMAGES_EXHAUSTED'],
  },
  'SealsController.list': { id: 'listSeals' },
  'SealsController.one': { id: 'getSeal' },
  'SealsController.image': { id: 'getSealImage' },
  'SealsController.edit': {
    id: 'editSeal',
    refusals: [
      ...noAgency,
      ...(['SEAL_NOT_FOUND', 'SEAL_REVOKED', 'SEAL_NAME_DUPLICATE', 'IMAGES_EXHAUSTED'] as const),
    ],
  },
  'SealsController.revoke': { id: 'revokeSeal', refusals: [...noAgency, 'SEAL_NOT_FOUND'] },
  'HistoryController.period': { id: 'listHistory' },
  'HistoryController.book': { id: 'bookHistory', refusals: ofBook },
  'HistoryController.entry': { id: 'entryHistory', refusals: ofBook },
  'HistoryController.signature': { id: 'signatureHistory' },
  'HistoryController.seal': { id: 'sealHistory' },
  'HistoryController.agency': { id: 'agencyHistory' },
  'AsOfController.agency': { id: 'agencyAsOf' },
  'AsOfController.book': { id: 'bookAsOf', refusals: ofBook },
  'AsOfController.entry': { id: 'entryAsOf', refusals: ofBook },
  'AsOfController.signature': { id: 'signatureAsOf' },
  'AsOfController.seal': { id: 'sealAsOf' },
  'DifferenceController.agency': { id: 'agencyDifference', refusals: ofThePast },
  'DifferenceController.book': { id: 'bookDifference', refusals: [...ofBook, ...ofThePast] },
  'DifferenceController.entry': { id: 'entryDifference', refusals: [...ofBook, ...ofThePast] },
  'DifferenceController.signature': { id: 'signatureDifference', refusals: ofThePast },
  'DifferenceController.seal': { id: 'sealDifference', refusals: ofThePast },
  'ReplayController.steps': { id: 'replayStream', refusals: ofThePast },
  'AccessRecordsController.list': { id: 'listAccessRecords' },
  'SealedLogController.checkpoint': { id: 'getCheckpoint', refusals: ['NOT_SEALED'] },
  'SealedLogController.checkpoints': { id: 'listCheckpoints' },
  'SealedLogController.seal': {
    id: 'sealLog',
    refusals: ['NOT_SEALED', 'SEALING_STOPPED', 'AUDIT_KEYS'],
  },
  'SealedLogController.keys': { id: 'listAuditKeys', refusals: ['AUDIT_KEYS'] },
  'SealedLogController.consistency': { id: 'proveConsistency', refusals: ['NOT_SEALED'] },
  'SealedLogController.bundle': {
    id: 'getBundle',
    refusals: ['NOT_SEALED', 'TOO_MANY_WAITING', 'SEALING_STOPPED'],
  },
  'ProofsController.entry': { id: 'proveEntry', refusals: [...ofBook, 'NOT_SEALED'] },
  'ProofsController.event': { id: 'proveEvent', refusals: ['NOT_SEALED'] },
  'ProofsController.number': { id: 'proveNumber', refusals: ['NOT_SEALED'] },
  'ProofsController.bundle': {
    id: 'getAgencyBundle',
    refusals: ['NOT_SEALED', 'TOO_MANY_WAITING', 'SEALING_STOPPED'],
  },
  'AgenciesController.register': {
    id: 'registerAgency',
    refusals: ['AGENCY_CODE', 'AGENCY_EXISTS'],
  },
  'AgenciesController.list': { id: 'listAgencies' },
  'AgenciesController.one': { id: 'getAgency' },
  'AgenciesController.edit': {
    id: 'editAgency',
    refusals: ['AGENCY_NOT_FOUND', 'AGENCY_RETIRED'],
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
  'HealthController.live': { id: 'checkLive' },
  'HealthController.ready': { id: 'checkReady' },
  'HealthController.readyForCommands': { id: 'checkReadyForCommands' },
  'HealthController.readyForReads': { id: 'checkReadyForReads' },
  'MetricsController.metrics': { id: 'getMetrics' },
  'ProjectionsController.list': { id: 'listProjections' },
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
