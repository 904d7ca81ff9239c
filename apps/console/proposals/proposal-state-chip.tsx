import type { ProposalRow } from '#client';

const tones: Readonly<Record<ProposalRow['state'], string>> = {
  waiting: 'chip warn',
  confirmed: 'chip good',
  withdrawn: 'chip',
  refused: 'chip bad',
  lapsed: 'chip',
};

interface ChipProps {
  readonly proposal: Pick<ProposalRow, 'state' | 'stateLabel'>;
}

/** How a proposal stands, as the service calls it. */
export function ProposalStateChip({ proposal }: ChipProps) {
  return <span className={tones[proposal.state]}>{proposal.stateLabel}</span>;
}
