import {
  evolveDossier,
  isDossierEvent,
  noDossier,
  type DomainEvent,
  type DossierEvent,
  type DossierState,
} from '#domain';
import type { Report } from './report.ts';

/** Whether a dossier was in a state for it, and stood as the event says it did. */
function follows(before: DossierState, { type, data }: DossierEvent): boolean {
  switch (type) {
    case 'DossierReceived':
      return before === null;
    case 'DossierExtended':
      return before?.state === 'received' && before.dueAt === data.dueBefore;
    case 'DossierReturned':
      return before?.state === 'received';
    default:
      return type satisfies never;
  }
}

/** Dossiers: their changes as they stood. */
export class DossiersCheck {
  private readonly dossiers = new Map<string, DossierState>();

  see(stream: string, event: DomainEvent, report: Report): void {
    if (!isDossierEvent(event)) return;
    const { type, data } = event;
    const before = this.dossiers.get(stream) ?? noDossier();
    if (!follows(before, event)) report('DOSSIER_CHANGE', { type, dossier: data.dossier });
    // What was never received is nothing that could change.
    if (before === null && type !== 'DossierReceived') return;
    this.dossiers.set(stream, evolveDossier(before, event));
  }

  /** Nothing more comes of a stream. */
  end(stream: string): void {
    this.dossiers.delete(stream);
  }
}
