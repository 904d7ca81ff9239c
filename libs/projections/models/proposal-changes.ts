import {
  fieldLabels,
  proposalStateLabels,
  shownValue,
  type ClosingProposed,
  type Confirmed,
  type CorrectionProposed,
  type ProposalEvent,
} from '#domain';
import { edits, firsts, type AuditChange, type Values } from './audit-change.ts';

/** Who asked for what somebody else has confirmed; nothing where one account did it alone. */
export const proposedBy = (proposed: Confirmed | null): Values =>
  proposed ? { proposedBy: `${proposed.name} (${proposed.account})` } : {};

/** What is asked for changes nothing yet: it stands under a name of its own, not under the columns'. */
export function proposalChanges(event: ProposalEvent): AuditChange[] {
  const { waiting, withdrawn, refused, lapsed } = proposalStateLabels;
  const ended = (to: string): AuditChange[] => [
    { field: 'proposal', label: fieldLabels.proposal, from: waiting, to },
  ];
  switch (event.type) {
    case 'ClosingProposed':
    case 'CorrectionProposed':
      return firsts({ proposal: waiting, proposed: askedText(event) }, 'register');
    case 'ProposalWithdrawn':
      return ended(withdrawn);
    case 'ProposalRefused':
      return ended(refused);
    case 'ProposalLapsed':
      return ended(lapsed);
    default:
      return event satisfies never;
  }
}

/** What a proposal asks for, as people read it. */
export function askedText(event: ClosingProposed | CorrectionProposed): string {
  if (event.type === 'ClosingProposed') {
    const { confirmedByFullName, confirmedByTitle, confirmedByAuthority } = event.data;
    const by = [confirmedByAuthority, confirmedByTitle, confirmedByFullName];
    return `Khóa sổ, ${by.filter((part) => part !== null).join(' ')} xác nhận`;
  }
  const changes = edits(event.data.changes, 'register');
  return changes
    .map(({ label, from, to }) => `${label}: ${shownValue(from)} → ${shownValue(to)}`)
    .join('; ');
}
