import {
  dossierStatus,
  dossierStatusLabels,
  endOfDay,
  refuse,
  shownDossier,
  type DossierOutcome,
  type DossierState,
} from '#domain';
import type { Condition, Doc } from '#read-store';
import type { DossierFacts, DossierFilter, DossierRow } from './dossiers.dto.ts';

/** The dossier of a command, as its caller sees it; undefined where there is none. */
export function dossierIn(state: DossierState): DossierFacts | undefined {
  if (!state) return undefined;
  const { state: _state, ...shown } = shownDossier(state);
  return shown;
}

/** The same, where the command has left it behind. @throws Refusal DOSSIER_NOT_FOUND */
export const dossierFacts = (state: DossierState, dossier: string): DossierFacts =>
  dossierIn(state) ?? refuse('DOSSIER_NOT_FOUND', { dossier });

/** A row of the list as it is stored, and how it stands now. */
export function dossierRow(doc: Doc, now: Date): DossierRow {
  const { state, numbers: _numbers, lastNumberedAt: _last, ...row } = doc;
  const outcome = state as DossierOutcome;
  const status = dossierStatus({ state: outcome, dueAt: doc['dueAt'] as string }, now);
  return { ...row, status, statusLabel: dossierStatusLabels[status] } as unknown as DossierRow;
}

type Filter = Readonly<Record<string, Condition>>;

/** The stored fields that make a status, which is derived on reading. */
export function statusFilter(status: DossierFilter | undefined, now: Date): Filter {
  const state = 'waiting';
  const [instant, tomorrow] = [now.toISOString(), endOfDay(now)];
  switch (status) {
    case undefined:
      return {};
    case 'open':
      return { state };
    case 'overdue':
      return { state, dueAt: { lt: instant } };
    case 'due-today':
      return { state, dueAt: { gte: instant, lt: tomorrow } };
    case 'waiting':
      return { state, dueAt: { gte: tomorrow } };
    case 'done':
    case 'done-late':
    case 'returned':
      return { state: status };
    default:
      return status satisfies never;
  }
}
