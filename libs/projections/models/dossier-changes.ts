import { displayTime, dossierStateLabels, fieldLabels, type DossierEvent } from '#domain';
import { firsts, stateChange, type AuditChange } from './audit-change.ts';

/** What is said of a dossier, as people read it; the reason has a place of its own. */
export function dossierChanges({ type, data }: DossierEvent): AuditChange[] {
  switch (type) {
    case 'DossierReceived': {
      const { agency: _agency, receivedAt, dueAt, ...facts } = data;
      const when = { receivedAt: displayTime(receivedAt), dueAt: displayTime(dueAt) };
      return firsts({ ...facts, ...when }, 'register');
    }
    case 'DossierExtended': {
      const { dueBefore, dueAt, agreedInWriting } = data;
      const [from, to] = [dueBefore, dueAt].map(displayTime) as [string, string];
      const moved = { field: 'dueAt', label: fieldLabels.dueAt, from, to };
      return [moved, ...firsts({ agreedInWriting }, 'register')];
    }
    case 'DossierReturned':
      return [stateChange(dossierStateLabels.received, dossierStateLabels.returned)];
    default:
      return type satisfies never;
  }
}
