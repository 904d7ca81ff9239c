const ofDossier = { agency: 'string', dossier: 'string' } as const;

/** Fields and kinds of the events about dossiers: a part of `event-shapes.ts`. */
export const dossierShapes = {
  DossierReceived: {
    ...ofDossier,
    receivedAt: 'string',
    dueAt: 'string',
    calendarKnown: 'boolean',
    documents: 'number',
    requester: 'string?',
  },
  DossierExtended: {
    ...ofDossier,
    dueBefore: 'string',
    dueAt: 'string',
    reason: 'string',
    agreedInWriting: 'boolean',
  },
  DossierReturned: { ...ofDossier, reason: 'string' },
} as const;
