import type { ClosingProposed, CorrectionProposed, ProposalEnding } from '#domain';
import {
  oneChange,
  type DocChange,
  type Handlers,
  type ProjectedEvent,
  type Projection,
} from '../projection.ts';
import { edits } from './audit-change.ts';
import { askedText } from './proposal-changes.ts';
import { proposalDocId } from './doc-ids.ts';
import { registerOf } from './register-event.ts';

type Asked = ClosingProposed['data'] | CorrectionProposed['data'];

/** What somebody asks for, as it waits. */
function asked(data: Asked, projected: ProjectedEvent): DocChange {
  const { proposalId, bookId, proposer } = data;
  const { revision, metadata, position } = projected;
  const register = registerOf(projected);
  const about =
    'changes' in data
      ? {
          kind: 'correction',
          number: data.number,
          reason: data.reason,
          changes: edits(data.changes, 'register'),
        }
      : { kind: 'closing', number: null, reason: '', changes: [] };
  const { event } = projected as ProjectedEvent & { event: ClosingProposed | CorrectionProposed };
  const who = { proposedBy: proposer.name, account: proposer.account };
  const none = { endedAt: null, endedBy: null, endReason: '' };
  const create = {
    ...register,
    bookId,
    proposalId,
    ...about,
    proposed: askedText(event),
    ...who,
    proposedAt: metadata.occurredAt,
    state: 'waiting',
    ...none,
    order: position,
    revision,
  };
  return { id: proposalDocId(register, bookId, proposalId), create };
}

/** How it ended: when, by whom and why. */
function end(
  { bookId, proposalId, reason = '' }: { bookId: string; proposalId: string; reason?: string },
  projected: ProjectedEvent,
  state: ProposalEnding,
): DocChange {
  const { revision, metadata } = projected;
  const ended = {
    state,
    endedAt: metadata.occurredAt,
    endedBy: metadata.actor.name,
    endReason: reason,
  };
  return {
    id: proposalDocId(registerOf(projected), bookId, proposalId),
    change: (before) => ({ ...before, ...ended, revision }),
  };
}

const handlers: Handlers = {
  ClosingProposed: asked,
  CorrectionProposed: asked,
  ProposalWithdrawn: (data, projected) => end(data, projected, 'withdrawn'),
  ProposalRefused: (data, projected) => end(data, projected, 'refused'),
  ProposalLapsed: (data, projected) => end(data, projected, 'lapsed'),
};
const projectOne = oneChange(handlers);

/** Đề nghị: what one account has asked for and another has to confirm, and what became of it. */
export const proposals: Projection = {
  name: 'proposals',
  version: 1,
  reads: ['register-'],
  indexes: [
    ['agency', 'order'],
    ['agency', 'state', 'order'],
    ['agency', 'bookId', 'order'],
    ['agency', 'bookId', 'state', 'order'],
  ],
  counted: [
    ['agency', 'state'],
    ['agency', 'bookId', 'state'],
  ],
  searchable: [],
  project: (projected) => {
    const { data, type } = projected.event;
    if (type !== 'BookClosed' && type !== 'EntryCorrected') return projectOne(projected);
    const { proposed, bookId } = data;
    if (!proposed) return [];
    return [end({ bookId, proposalId: proposed.proposalId }, projected, 'confirmed')];
  },
};
