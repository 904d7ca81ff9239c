import type { OperationRow } from './openapi-operation.ts';
import { noAgency } from './openapi-refusals.ts';

/** Dossiers and when they are due. */
export const dossierOperations: Readonly<Record<string, OperationRow>> = {
  'DossiersController.receive': {
    id: 'receiveDossier',
    refusals: [
      ...noAgency,
      ...(['TIME_FORMAT', 'DOSSIER_CODE', 'DOSSIER_RECEIVED_AT', 'DOSSIER_EXISTS'] as const),
    ],
  },
  'DossiersController.list': { id: 'listDossiers' },
  'DossiersController.one': { id: 'getDossier' },
  'DossiersController.extend': {
    id: 'extendDossier',
    refusals: [
      ...noAgency,
      ...(['TIME_FORMAT', 'DOSSIER_NOT_FOUND', 'DOSSIER_RETURNED'] as const),
      ...(['APPOINTMENT_TIME', 'APPOINTMENT_AGREEMENT'] as const),
    ],
  },
  'DossiersController.return': {
    id: 'returnDossier',
    refusals: [...noAgency, 'DOSSIER_NOT_FOUND', 'DOSSIER_RETURNED'],
  },
};
