import type { OperationRow } from './openapi-operation.ts';
import { dates, entry, mandated, noAgency, ofBook, ofProposal, seals } from './openapi-refusals.ts';

/** What one account asks for and another confirms. */
export const proposalOperations: Readonly<Record<string, OperationRow>> = {
  'ProposalsController.list': { id: 'listProposals' },
  'ProposalsController.one': { id: 'getProposal', refusals: ofBook },
  'ProposalsController.proposeClosing': {
    id: 'proposeClosing',
    refusals: [
      ...noAgency,
      ...ofBook,
      ...seals,
      ...(['BOOK_DISCARDED', 'BOOK_LOCKED', 'BOOK_NOT_OPEN', 'REGISTER_PAUSED'] as const),
      ...(['PROPOSALS_OFF', 'PROPOSAL_WAITING'] as const),
    ],
  },
  'ProposalsController.proposeCorrection': {
    id: 'proposeCorrection',
    refusals: [
      ...entry,
      ...dates,
      ...mandated,
      ...(['ENTRY_VOIDED', 'ENTRY_REVOKED', 'BOOK_NOTES_ONLY', 'CORRECTIONS_EXHAUSTED'] as const),
      ...(['PROPOSALS_OFF', 'PROPOSAL_WAITING', 'PROPOSAL_EMPTY'] as const),
    ],
  },
  'ProposalsController.confirm': {
    id: 'confirmProposal',
    refusals: [
      ...ofProposal,
      ...entry,
      ...dates,
      ...mandated,
      ...seals,
      ...(['ENTRY_VOIDED', 'ENTRY_REVOKED', 'BOOK_NOTES_ONLY', 'CORRECTIONS_EXHAUSTED'] as const),
      ...(['BOOK_DISCARDED', 'BOOK_LOCKED', 'BOOK_NOT_OPEN', 'REGISTER_PAUSED'] as const),
      ...(['PROPOSAL_OWN', 'PROPOSAL_OUTDATED'] as const),
    ],
  },
  'ProposalsController.refuse': {
    id: 'refuseProposal',
    refusals: [...ofProposal, 'ENTRY_NOT_FOUND', 'ENTRY_LOST', 'PROPOSAL_OWN'],
  },
  'ProposalsController.withdraw': {
    id: 'withdrawProposal',
    refusals: [...ofProposal, 'ENTRY_NOT_FOUND', 'ENTRY_LOST', 'PROPOSAL_FOREIGN'],
  },
};
