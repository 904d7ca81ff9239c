import { oneChange, type Projection } from '../projection.ts';
import { registerOf } from './register-event.ts';

/**
 * Registers that were paused because their log had, or may have, lost numbers: one document a
 * register, of its last pause. Which one stands still and since when, what is known, and how it ended.
 */
export const numbering: Projection = {
  name: 'numbering',
  version: 2,
  reads: ['register-'],
  indexes: [
    ['agency', 'paused'],
    ['paused', 'agency'],
  ],
  searchable: [],
  project: oneChange({
    NumberingPaused: (known, projected) => {
      const { occurredAt: since, actor } = projected.metadata;
      const { revision, stream: id } = projected;
      const pause = { paused: true, since, pausedBy: actor.name, ...known };
      return { id, create: { ...registerOf(projected), ...pause, lost: null, revision } };
    },
    NumbersLost: ({ from, to }, { stream: id, revision }) => ({
      id,
      change: (before) => ({ ...before, lost: { from, to }, revision }),
    }),
    NumberingResumed: ({ lastGiven, reason: resumeReason }, { stream: id, metadata, revision }) => {
      const { occurredAt: resumedAt, actor } = metadata;
      const end = { paused: false, resumedAt, resumedBy: actor.name, lastGiven, resumeReason };
      return { id, change: (before) => ({ ...before, ...end, revision }) };
    },
  }),
};
