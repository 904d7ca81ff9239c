import { dayAfter, displayInstant, vietnameseDate } from '../calendar.ts';
import { instantAt } from '../instants.ts';
import type { Dossier } from './dossier.ts';
import type { dossierStatusLabels } from '../labels.ts';

/** How a dossier stands at a moment. */
export type DossierStatus = keyof typeof dossierStatusLabels;

/** As lists keep it: whether each of its documents has a number is known from the registers. */
export type DossierOutcome = 'waiting' | 'done' | 'done-late' | 'returned';

/** When the day that it is in Việt Nam is over. */
export const endOfDay = (now: Date): string =>
  instantAt(dayAfter(vietnameseDate(now)), '00:00').toISOString();

export function dossierStatus(
  { state, dueAt }: { readonly state: DossierOutcome; readonly dueAt: string },
  now: Date,
): DossierStatus {
  if (state !== 'waiting') return state;
  if (dueAt < now.toISOString()) return 'overdue';
  return dueAt < endOfDay(now) ? 'due-today' : 'waiting';
}

/** A dossier as its own stream tells of it, under the names of fields. */
export function shownDossier({ appointment, ...dossier }: Dossier) {
  return {
    returnReason: null,
    ...dossier,
    appointmentReason: appointment?.reason ?? null,
    agreedInWriting: appointment?.agreedInWriting ?? null,
  };
}

export const displayTime = (instant: string): string => displayInstant(new Date(instant));
