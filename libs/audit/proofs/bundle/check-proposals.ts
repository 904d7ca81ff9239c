import {
  sameChanges,
  waitingIn,
  type Book,
  type ClosingProposed,
  type Confirmed,
  type CorrectionProposed,
  type DomainEvent,
  type ProposalWithdrawn,
} from '#domain';
import type { Report } from './report.ts';

/** What one account has asked for, as it stands in its event. */
export type Asked = ClosingProposed['data'] | CorrectionProposed['data'];
type Event<T extends DomainEvent['type']> = Extract<DomainEvent, { type: T }>;

/** An act, its actor's account, and whom to tell. */
export interface Act {
  readonly type: DomainEvent['type'];
  readonly account: string;
  readonly report: Report;
}

export const waitingOf = (book: Book | undefined): Asked | undefined => waitingIn(book?.proposal);

/** That it was asked for by who stands there, while nothing else waited about the same thing. */
export function requireAsked(
  waiting: Asked | undefined,
  { proposer }: Asked,
  { type, account, report }: Act,
): void {
  if (waiting) report('PROPOSAL_WAITS', { type, proposal: waiting.proposalId });
  if (proposer.account !== account) report('PROPOSER', { type, account });
}

/** That what ends was waiting, and by whose hand it may have ended so. */
export function requireEnding(
  waiting: Asked | undefined,
  { proposalId }: Pick<ProposalWithdrawn['data'], 'proposalId'>,
  { type, account, report }: Act,
): void {
  if (waiting?.proposalId !== proposalId) {
    report('PROPOSAL', { type, proposal: proposalId });
    return;
  }
  const isOwn = waiting.proposer.account === account;
  if (type === 'ProposalWithdrawn' && !isOwn) report('PROPOSER', { type, account });
  if (type === 'ProposalRefused' && isOwn) report('FOUR_EYES', { type, account });
}

const ENDS: readonly DomainEvent['type'][] = [
  'BookClosed',
  'BookDiscarded',
  'EntryNumberVoided',
  'CertificationRevoked',
];

/** That nothing waits any more about a thing that comes to its end, but what is confirmed by it. */
export function requireLapsed(
  waiting: Asked | undefined,
  event: DomainEvent,
  { type, report }: Act,
): void {
  const isConfirmed = 'proposed' in event.data && event.data.proposed !== null;
  if (ENDS.includes(type) && waiting && !isConfirmed)
    report('PROPOSAL_WAITS', { type, proposal: waiting.proposalId });
}

/** That what was carried out is what another account had asked for, where it says so. */
export function requireConfirmed(
  waiting: Asked | undefined,
  event: Event<'BookClosed' | 'EntryCorrected'>,
  act: Act,
): void {
  const { proposed } = event.data;
  if (proposed === null) return;
  const { type, account, report } = act;
  const isIt = waiting !== undefined && isOf(waiting, proposed) && saysTheSame(waiting, event);
  if (!isIt) report('PROPOSAL', { type, proposal: proposed.proposalId });
  if (proposed.account === account) report('FOUR_EYES', { type, account });
}

const isOf = ({ proposalId, proposer }: Asked, proposed: Confirmed): boolean =>
  proposalId === proposed.proposalId &&
  proposer.account === proposed.account &&
  proposer.name === proposed.name;

function saysTheSame(waiting: Asked, event: Event<'BookClosed' | 'EntryCorrected'>): boolean {
  if (event.type === 'EntryCorrected')
    return (
      'changes' in waiting &&
      waiting.reason === event.data.reason &&
      sameChanges(waiting.changes, event.data.changes)
    );
  if ('changes' in waiting) return false;
  const fields = ['confirmedByFullName', 'confirmedByTitle', 'confirmedByAuthority'] as const;
  const isSealed = waiting.seal?.id === event.data.seal?.id;
  return isSealed && fields.every((field) => waiting[field] === event.data[field]);
}
