import type {
  ClosingProposed,
  CorrectionProposed,
  ProposalEvent,
  ProposalLapsed,
} from './events.ts';

/** How a proposal ended; `lapsed`: what it was about came to an end before anybody had confirmed it. */
export type ProposalEnding = 'confirmed' | 'withdrawn' | 'refused' | 'lapsed';

/**
 * What waits for a second account, or how the last that did has ended. A book has one at most and an
 * entry one at most, so that what waits is bounded by what there is.
 */
export type Proposal<Asked extends { readonly proposalId: string }> =
  | { readonly state: 'waiting'; readonly asked: Asked }
  | { readonly state: 'ended'; readonly proposalId: string; readonly as: ProposalEnding };

export type ClosingProposal = Proposal<ClosingProposed['data']>;
export type CorrectionProposal = Proposal<CorrectionProposed['data']>;

type Any = Proposal<{ readonly proposalId: string }>;

export const idOfProposal = (proposal: Any): string =>
  proposal.state === 'waiting' ? proposal.asked.proposalId : proposal.proposalId;

/** What waits, of what there is. */
export const waitingIn = <A extends { readonly proposalId: string }>(
  proposal: Proposal<A> | undefined,
): A | undefined => (proposal?.state === 'waiting' ? proposal.asked : undefined);

/** The proposal with that id after its end; another one, and none, is as it was. */
export function endedIf<P extends Any>(
  proposal: P | undefined,
  proposalId: string,
  as: ProposalEnding,
): P | Extract<Any, { state: 'ended' }> | undefined {
  if (proposal?.state !== 'waiting') return proposal;
  return proposalId === proposal.asked.proposalId ? { state: 'ended', proposalId, as } : proposal;
}

/** What an act that ends a thing does to the proposal that waits about it. */
export function lapseOf(
  proposal: Any | undefined,
  about: Pick<ProposalLapsed['data'], 'bookId' | 'number'>,
): readonly ProposalLapsed[] {
  if (proposal?.state !== 'waiting') return [];
  const { proposalId } = proposal.asked;
  return [{ type: 'ProposalLapsed', data: { proposalId, ...about } }];
}

/** Field to spread into a thing that has a proposal; none where it has none. */
export const proposalField = <P>(proposal: P | undefined): { readonly proposal?: P } =>
  proposal === undefined ? {} : { proposal };

const eventTypes: readonly string[] = [
  'ClosingProposed',
  'CorrectionProposed',
  'ProposalWithdrawn',
  'ProposalRefused',
  'ProposalLapsed',
] satisfies ProposalEvent['type'][];

export const isProposalEvent = (event: { readonly type: string }): event is ProposalEvent =>
  eventTypes.includes(event.type);
