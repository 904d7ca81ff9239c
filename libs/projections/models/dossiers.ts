import {
  dossierOf,
  dossierStream,
  registerKeyOf,
  type DossierKey,
  type DossierOutcome,
  type NumberRange,
} from '#domain';
import type { Doc, DocValue } from '#read-store';
import { oneChange, type DocChange, type Projection } from '../projection.ts';
import { howMany, withNumber } from './number-ranges.ts';

export const dossierDocId = dossierStream;

/**
 * Numbers ask for no dossier that was received: what has been numbered of one is known before it is
 * received, if it ever is. Until then it is in no agency's list.
 */
const unreceived: Doc = { agency: '', state: 'unreceived', numbers: [], lastNumberedAt: null };

/** Done as soon as as many of its documents have a number as it has; what is settled stays so. */
function settled(doc: Doc): Doc {
  const { state, documents, dueAt, lastNumberedAt } = doc as unknown as {
    state: DossierOutcome;
    documents: number;
    dueAt: string;
    lastNumberedAt: string | null;
  };
  const numbered = howMany(doc['numbers'] as unknown as readonly NumberRange[]);
  if (state !== 'waiting' || lastNumberedAt === null || numbered < documents)
    return { ...doc, numbered };
  const outcome = lastNumberedAt <= dueAt ? 'done' : 'done-late';
  return { ...doc, numbered, state: outcome, settledAt: lastNumberedAt };
}

const changeOf = (key: DossierKey, change: (before: Doc) => Doc): DocChange => ({
  id: dossierDocId(key),
  initial: unreceived,
  change: (before) => settled(change(before)),
});

/** Whose dossiers events of a stream are about: a register’s numbers settle them. */
const agencyOf = (stream: string): string =>
  (dossierOf(stream) ?? registerKeyOf(stream))?.agency ?? stream;

/**
 * Hồ sơ: one document a dossier, when it is due and what has been numbered of it. How it stands at a
 * moment is told on reading.
 */
export const dossiers: Projection = {
  name: 'dossiers',
  version: 1,
  reads: ['dossier-', 'register-'],
  indexes: [
    ['agency', 'dueAt'],
    ['agency', 'receivedAt'],
    ['agency', 'dossier'],
    ['agency', 'state', 'dueAt'],
    ['agency', 'state', 'receivedAt'],
    ['agency', 'state', 'dossier'],
  ],
  counted: [['agency', 'state']],
  searchable: ['dossier', 'requester'],
  searchedWithin: ['agency'],
  // Its own events and those of every register of its agency meet in a dossier’s document.
  partition: (stream) => `dossiers of ${agencyOf(stream)}`,
  project: oneChange({
    DossierReceived: (data, { metadata, revision }) =>
      changeOf(data, (before) => ({
        ...before,
        ...data,
        firstDueAt: data.dueAt,
        recordedAt: metadata.occurredAt,
        receivedBy: metadata.actor.name,
        ...{ appointmentReason: null, agreedInWriting: null, extendedAt: null },
        ...{ state: 'waiting', settledAt: null, returnReason: null },
        revision,
      })),
    DossierExtended: ({ dueAt, reason, agreedInWriting, ...key }, { metadata, revision }) =>
      changeOf(key, (before) => ({
        ...before,
        ...{ dueAt, appointmentReason: reason, agreedInWriting },
        extendedAt: metadata.occurredAt,
        revision,
      })),
    DossierReturned: ({ reason: returnReason, ...key }, { metadata, revision }) =>
      changeOf(key, (before) => {
        const isWaiting = before['state'] === 'waiting';
        const ended = isWaiting && { state: 'returned', settledAt: metadata.occurredAt };
        return { ...before, ...ended, returnReason, revision };
      }),
    EntryNumberAssigned: ({ dossier, document }, { metadata, stream }) =>
      changeOf({ agency: agencyOf(stream), dossier }, (before) => {
        const known = before['numbers'] as unknown as readonly NumberRange[];
        const numbers = withNumber(known, document) as unknown as DocValue;
        return { ...before, numbers, lastNumberedAt: metadata.occurredAt };
      }),
  }),
};
