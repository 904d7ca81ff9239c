import type { ProposalEvent } from './events.ts';
import { endedIf, proposalField, type ProposalEnding } from './proposal.ts';
import type { Book, RegisterHead, RegisterState } from './register.ts';
import { only, requireAssigned, withBook, withEntry } from './steps.ts';

/** The head after a proposal, or its end. Of a proposed correction the entry knows; of a proposed closing, the book. */
export function evolveProposal(head: RegisterHead, event: ProposalEvent): RegisterHead {
  const { bookId } = event.data;
  switch (event.type) {
    case 'CorrectionProposed':
      requireAssigned(head, event.data.number);
      return only(head, {});
    case 'ClosingProposed': {
      const proposal = { state: 'waiting', asked: event.data } as const;
      return only(head, { books: withBook(head, bookId, (book) => ({ ...book, proposal })) });
    }
    case 'ProposalWithdrawn':
    case 'ProposalRefused':
    case 'ProposalLapsed': {
      if (event.data.number !== null) return only(head, {});
      const { proposalId } = event.data;
      const end = (book: Book): Book => ({
        ...book,
        ...proposalField(endedIf(book.proposal, proposalId, endings[event.type])),
      });
      return only(head, { books: withBook(head, bookId, end) });
    }
    default:
      return event satisfies never;
  }
}

const endings = {
  ProposalWithdrawn: 'withdrawn',
  ProposalRefused: 'refused',
  ProposalLapsed: 'lapsed',
} as const satisfies Partial<Record<ProposalEvent['type'], ProposalEnding>>;

/** The entries at hand after it. */
export function recallProposal(state: RegisterState, event: ProposalEvent): RegisterState {
  switch (event.type) {
    case 'CorrectionProposed':
      return withEntry(state, event.data.number, (entry) => ({
        ...entry,
        proposal: { state: 'waiting', asked: event.data },
      }));
    case 'ClosingProposed':
      return state;
    case 'ProposalWithdrawn':
    case 'ProposalRefused':
    case 'ProposalLapsed':
      return withEntry(state, event.data.number ?? 0, (entry) => ({
        ...entry,
        ...proposalField(endedIf(entry.proposal, event.data.proposalId, endings[event.type])),
        unconfirmed: (entry.unconfirmed ?? 0) + 1,
      }));
    default:
      return event satisfies never;
  }
}
