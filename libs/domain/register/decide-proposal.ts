import { sameChanges } from '../changes.ts';
import { optionalText, requireText } from '../checks.ts';
import { refuse } from '../refusal.ts';
import type {
  ConfirmProposal,
  EndProposal,
  ProposalCommand,
  ProposeClosing,
  ProposeCorrection,
} from './commands.ts';
import { closeBook, requireBook } from './decide-book.ts';
import { correctionOf, requireEntry, type Correction } from './decide-correction.ts';
import { columnsOf, type Entry } from './entry.ts';
import type { Confirmed, CorrectionProposed, Proposer, RegisterEvent } from './events.ts';
import {
  idOfProposal,
  waitingIn,
  type ClosingProposal,
  type CorrectionProposal,
  type ProposalEnding,
} from './proposal.ts';
import type { Book, RegisterState } from './register.ts';

/** Whether this very proposal is known already. Refuses another while one waits. */
function isKnown(
  proposal: ClosingProposal | CorrectionProposal | undefined,
  proposalId: string,
): boolean {
  if (proposal && idOfProposal(proposal) === proposalId) return true;
  const waiting = waitingIn<{ proposalId: string; proposer: Proposer }>(proposal);
  return waiting ? refuse('PROPOSAL_WAITING', { by: waiting.proposer.name }) : false;
}

function proposeClosing(state: RegisterState, command: ProposeClosing): readonly RegisterEvent[] {
  const { proposalId, bookId, by: proposer } = command;
  const book = requireBook(state, bookId);
  if (isKnown(book.proposal, proposalId)) return [];
  if (book.state === 'closed') return refuse('BOOK_LOCKED', { name: book.name });
  return closeBook(state, command, null).flatMap(({ type, data }) => {
    if (type !== 'BookClosed') return [];
    const { confirmedByFullName, confirmedByTitle, confirmedByAuthority, seal } = data;
    const confirmation = { confirmedByFullName, confirmedByTitle, confirmedByAuthority };
    const asked = { proposalId, bookId, proposer, ...confirmation, seal };
    return [{ type: 'ClosingProposed', data: asked } as const];
  });
}

function proposeCorrection(
  state: RegisterState,
  command: ProposeCorrection,
): readonly RegisterEvent[] {
  const { proposalId, bookId, number, by: proposer } = command;
  const [, { proposal }] = requireEntry(state, bookId, number);
  if (isKnown(proposal, proposalId)) return [];
  const correction = correctionOf(state, command, command);
  if (!correction) return refuse('PROPOSAL_EMPTY', {});
  // What it stands on is asked again when it is confirmed.
  const { mandate: _mandate, ...asked } = correction;
  return [{ type: 'CorrectionProposed', data: { proposalId, proposer, ...asked } }];
}

/** What the proposal is about: a book that is to be closed, an entry that is to be corrected. */
const thingOf = (
  state: RegisterState,
  { bookId, number }: ConfirmProposal | EndProposal,
): Book | Entry =>
  number === null ? requireBook(state, bookId) : requireEntry(state, bookId, number)[1];

/** Whether the proposal has come to this end already. Refuses where there is none, or it came to another. */
function hasEnded(
  { proposal }: Book | Entry,
  { proposalId }: ConfirmProposal | EndProposal,
  as: ProposalEnding,
): boolean {
  if (!proposal || idOfProposal(proposal) !== proposalId) return refuse('PROPOSAL_NOT_FOUND', {});
  if (proposal.state === 'waiting') return false;
  return proposal.as === as || refuse('PROPOSAL_ENDED', { as: proposal.as });
}

/** Four eyes: never by the account that has asked for it. */
function requireAnother({ account, name }: Proposer, by: Proposer): void {
  if (account === by.account) refuse('PROPOSAL_OWN', { by: name });
}

function confirmProposal(state: RegisterState, command: ConfirmProposal): readonly RegisterEvent[] {
  const thing = thingOf(state, command);
  if (hasEnded(thing, command, 'confirmed')) return [];
  const asked = waitingIn<WaitingOne>(thing.proposal);
  if (!asked) throw new Error(`proposal ${command.proposalId} neither waits nor has ended`);
  requireAnother(asked.proposer, command.by);
  const proposed: Confirmed = { proposalId: asked.proposalId, ...asked.proposer };
  if ('changes' in asked && 'numberText' in thing) {
    const correction = stillAsked(state, thing, { asked, command });
    return [{ type: 'EntryCorrected', data: { ...correction, proposed } }];
  }
  if ('changes' in asked) throw new Error(`${asked.bookId}: a correction of no entry`);
  const { seal: now = null, today } = command;
  // Its picture may have been replaced since it was named.
  const seal = now?.id === asked.seal?.id ? now : asked.seal;
  return closeBook(state, { ...asked, seal, today }, proposed);
}

type WaitingOne =
  | Extract<ClosingProposal, { state: 'waiting' }>['asked']
  | Extract<CorrectionProposal, { state: 'waiting' }>['asked'];

/** The correction as it was asked for, by the rules as they are now. Refuses where its proposer saw other values. */
function stillAsked(
  state: RegisterState,
  entry: Entry,
  {
    asked,
    command,
  }: { readonly asked: CorrectionProposed['data']; readonly command: ConfirmProposal },
): Correction {
  const { changes, reason, bookId, number } = asked;
  const stands = columnsOf(entry) as unknown as Readonly<Record<string, unknown>>;
  const pairs = Object.entries(changes) as [string, { from: unknown; to: unknown }][];
  const isAsSeen = pairs.every(([field, { from }]) => stands[field] === from);
  const to = Object.fromEntries(pairs.map(([field, change]) => [field, change.to]));
  const { register, mandates, today } = command;
  const about = { register, bookId, number, reason, mandates, today };
  const correction = isAsSeen ? correctionOf(state, about, to) : undefined;
  // What follows from other columns may follow otherwise by now.
  const isAsAsked = correction && sameChanges(changes, correction.changes);
  return isAsAsked ? correction : refuse('PROPOSAL_OUTDATED', { numberText: entry.numberText });
}

function endProposal(state: RegisterState, command: EndProposal): readonly RegisterEvent[] {
  const { proposalId, bookId, number, by } = command;
  const isOwn = command.type === 'WithdrawProposal';
  const thing = thingOf(state, command);
  if (hasEnded(thing, command, isOwn ? 'withdrawn' : 'refused')) return [];
  const proposer = waitingIn<WaitingOne>(thing.proposal)?.proposer;
  if (isOwn && proposer?.account !== by.account)
    refuse('PROPOSAL_FOREIGN', { by: proposer?.name ?? '' });
  if (!isOwn && proposer) requireAnother(proposer, by);
  const reason = (isOwn ? optionalText : requireText)('reason', command.reason);
  const type = isOwn ? 'ProposalWithdrawn' : 'ProposalRefused';
  return [{ type, data: { proposalId, bookId, number, reason } }];
}

export function decideProposal(
  state: RegisterState,
  command: ProposalCommand,
): readonly RegisterEvent[] {
  switch (command.type) {
    case 'ProposeClosing':
      return proposeClosing(state, command);
    case 'ProposeCorrection':
      return proposeCorrection(state, command);
    case 'ConfirmProposal':
      return confirmProposal(state, command);
    case 'WithdrawProposal':
    case 'RefuseProposal':
      return endProposal(state, command);
    default:
      return command satisfies never;
  }
}
