import { ofThePast } from './http/document/problem-codes.ts';
import type { OperationRow } from './openapi-operation.ts';
import { ofBook } from './openapi-refusals.ts';

/** What auditors ask: history, earlier states, differences, proofs. By the method of its controller. */
export const auditOperations: Readonly<Record<string, OperationRow>> = {
  'HistoryController.period': { id: 'listHistory' },
  'HistoryController.causation': { id: 'causationOfRequest' },
  'HistoryController.book': { id: 'bookHistory', refusals: ofBook },
  'HistoryController.entry': { id: 'entryHistory', refusals: ofBook },
  'HistoryController.signature': { id: 'signatureHistory' },
  'HistoryController.seal': { id: 'sealHistory' },
  'HistoryController.mandate': { id: 'mandateHistory' },
  'HistoryController.agency': { id: 'agencyHistory' },
  'AsOfController.agency': { id: 'agencyAsOf' },
  'AsOfController.book': { id: 'bookAsOf', refusals: ofBook },
  'AsOfController.entry': { id: 'entryAsOf', refusals: ofBook },
  'AsOfController.signature': { id: 'signatureAsOf' },
  'AsOfController.dossier': { id: 'dossierAsOf' },
  'AsOfController.mandate': { id: 'mandateAsOf' },
  'AsOfController.seal': { id: 'sealAsOf' },
  'DifferenceController.agency': { id: 'agencyDifference', refusals: ofThePast },
  'DifferenceController.book': { id: 'bookDifference', refusals: [...ofBook, ...ofThePast] },
  'DifferenceController.entry': { id: 'entryDifference', refusals: [...ofBook, ...ofThePast] },
  'DifferenceController.signature': { id: 'signatureDifference', refusals: ofThePast },
  'DifferenceController.dossier': { id: 'dossierDifference', refusals: ofThePast },
  'DifferenceController.mandate': { id: 'mandateDifference', refusals: ofThePast },
  'DifferenceController.seal': { id: 'sealDifference', refusals: ofThePast },
  'ListsAsOfController.books': { id: 'booksAsOf', refusals: ofThePast },
  'SpecimensAsOfController.seals': { id: 'sealsAsOf', refusals: ofThePast },
  'SpecimensAsOfController.mandates': { id: 'mandatesAsOf', refusals: ofThePast },
  'SpecimensAsOfController.signatures': { id: 'signaturesAsOf', refusals: ofThePast },
  'ListsAsOfController.entries': { id: 'entriesAsOf', refusals: [...ofBook, ...ofThePast] },
  'ListsAsOfController.difference': {
    id: 'entriesDifference',
    refusals: [...ofBook, ...ofThePast],
  },
  'ReplayController.steps': { id: 'replayStream', refusals: ofThePast },
  'AccessRecordsController.list': { id: 'listAccessRecords' },
  'AccessRecordsController.ofEverything': { id: 'listAccessRecordsOfEverything' },
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
  'ProofsController.document': {
    id: 'proveDocument',
    refusals: ['NOT_SEALED', 'TOO_MANY_WAITING', 'SEALING_STOPPED', 'AUDIT_KEYS'],
  },
  'ProofsController.bundle': {
    id: 'getAgencyBundle',
    refusals: ['NOT_SEALED', 'TOO_MANY_WAITING', 'SEALING_STOPPED'],
  },
};
