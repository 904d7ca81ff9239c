import type { WorkCalendar } from '../work-calendar/work-calendar.ts';
import type { DossierKey } from './events.ts';

interface OfDossier extends DossierKey {
  readonly now: Date;
}

/** Somebody has handed a dossier in. */
export interface ReceiveDossier extends OfDossier {
  readonly type: 'ReceiveDossier';
  /** By default now. */
  readonly receivedAt?: string | undefined;
  readonly documents: number;
  readonly requester: string | null;
  readonly calendar: WorkCalendar;
}

/** Promises it for later, by an appointment slip. */
export interface ExtendDossier extends OfDossier {
  readonly type: 'ExtendDossier';
  readonly dueAt: string;
  readonly reason: string;
  readonly agreedInWriting: boolean;
  readonly calendar: WorkCalendar;
}

/** Gives it back without certification. */
export interface ReturnDossier extends OfDossier {
  readonly type: 'ReturnDossier';
  readonly reason: string;
}

export type DossierCommand = ReceiveDossier | ExtendDossier | ReturnDossier;
