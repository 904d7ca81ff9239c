import type { EntryRow } from '#client';

const tones: Readonly<Record<EntryRow['state'], string>> = {
  assigned: 'chip good',
  corrected: 'chip warn',
  voided: 'chip',
  revoked: 'chip bad',
  lost: 'chip bad',
};

/** How a number stands, as the service calls it. */
export function EntryStateChip({
  entry,
}: {
  readonly entry: Pick<EntryRow, 'state' | 'stateLabel'>;
}) {
  return <span className={tones[entry.state]}>{entry.stateLabel}</span>;
}
