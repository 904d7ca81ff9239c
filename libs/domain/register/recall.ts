import { applyChanges } from '../changes.ts';
import { copySigned, copyStamped } from './copy.ts';
import { assignedEntry, columnsOf, type Entry } from './entry.ts';
import { recallProposal } from './evolve-proposal.ts';
import type { CertificationRevoked, RegisterEvent } from './events.ts';
import { endedIf, isProposalEvent, proposalField } from './proposal.ts';
import { documentKey, type RegisterState } from './register.ts';
import { withEntry } from './steps.ts';

/** The entries at hand after an event; of an entry that is not among them nothing changes. */
export function recallEntry(state: RegisterState, event: RegisterEvent): RegisterState {
  if (isProposalEvent(event)) return recallProposal(state, event);
  switch (event.type) {
    case 'EntryNumberAssigned': {
      const { number, dossier, document } = event.data;
      const entry = assignedEntry(event.data, state.entries.get(number - 1));
      const documents = state.documents.with(documentKey(dossier, document), number);
      return { ...state, entries: state.entries.with(number, entry), documents };
    }
    case 'EntryCorrected':
      return withEntry(state, event.data.number, (entry) => ({
        ...(applyChanges(entry, event.data.changes) as Entry),
        corrections: entry.corrections + 1,
        assignedAs: entry.assignedAs ?? columnsOf(entry),
        mandate: event.data.mandate,
        ...proposalField(
          endedIf(entry.proposal, event.data.proposed?.proposalId ?? '', 'confirmed'),
        ),
      }));
    case 'EntryNumberVoided':
      return withEntry(state, event.data.number, (entry) => ({
        ...entry,
        state: 'voided',
        voidReason: event.data.reason,
      }));
    case 'CertificationRevoked':
      return withEntry(state, event.data.number, (entry) => revoked(entry, event.data));
    case 'RevocationPublished': {
      const { publishedAt, publishedOn } = event.data;
      return withEntry(state, event.data.number, (entry) =>
        entry.state === 'revoked' ? { ...entry, publishedAt, publishedOn } : entry,
      );
    }
    case 'CopyStamped':
      return withEntry(state, event.data.number, (entry) => copyStamped(entry, event.data));
    case 'CopySigned':
      return withEntry(state, event.data.number, (entry) => copySigned(entry, event.data));
    default:
      return state;
  }
}

function revoked(
  entry: Entry,
  { decisionNumber, decisionDate, decisionIssuer, reason }: CertificationRevoked['data'],
): Entry {
  const decision = { decisionNumber, decisionDate, decisionIssuer, revokeReason: reason };
  return { ...entry, ...decision, state: 'revoked' };
}
