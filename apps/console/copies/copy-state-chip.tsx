import type { CopyRow } from '#client';

const tones: Readonly<Record<CopyRow['state'], string>> = {
  stamped: 'chip warn',
  outdated: 'chip bad',
  signed: 'chip good',
  ended: 'chip',
};

interface ChipProps {
  readonly copy: Pick<CopyRow, 'state' | 'stateLabel'>;
}

/** How far an electronic copy is, as the service calls it. */
export function CopyStateChip({ copy }: ChipProps) {
  return <span className={tones[copy.state]}>{copy.stateLabel}</span>;
}
