import { mandateOutFrom, type Mandate } from '#domain';
import { oneChange, type Projection } from '../projection.ts';
import { specimenDocId } from './doc-ids.ts';
import { withOrders } from './name-order.ts';

/** Danh sách ủy quyền, phân công: one document a mandate. How it stands on a day is told on reading. */
export const mandateList: Projection = {
  name: 'mandate_list',
  version: 2,
  reads: ['mandates-'],
  indexes: [
    ['agency', 'validFrom'],
    ['agency', 'holderFullNameOrder'],
    ['agency', 'recordedAt'],
    ['agency', 'id'],
  ],
  counted: [['agency', 'state']],
  searchable: ['holderFullName', 'holderTitle', 'mandateNumber', 'mandateIssuer'],
  project: oneChange({
    MandateRecorded: (data, { metadata, stream, revision }) => {
      const { actor, occurredAt } = metadata;
      const made = { recordedAt: occurredAt, recordedBy: actor.name };
      const unended = { state: 'recorded', endedOn: null, endReason: null, endedBy: null };
      const outFrom = mandateOutFrom({ ...data, state: 'recorded' });
      const facts = { agency: actor.agency, ...data, ...unended, outFrom, ...made, revision };
      const create = withOrders(facts, ['holderFullName']);
      return { id: specimenDocId(stream, data.id), create };
    },
    MandateEnded: ({ id, endedOn, reason }, { metadata, stream, revision }) => ({
      id: specimenDocId(stream, id),
      change: (before) => {
        const ended = { state: 'ended', endedOn, endReason: reason } as const;
        const outFrom = mandateOutFrom({ ...before, ...ended } as unknown as Mandate);
        return { ...before, ...ended, outFrom, endedBy: metadata.actor.name, revision };
      },
    }),
  }),
};
