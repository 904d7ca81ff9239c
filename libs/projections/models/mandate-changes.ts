import { mandateStatusLabels, shownMandate, type MandateEvent } from '#domain';
import { firsts, stateChange, type AuditChange } from './audit-change.ts';

/** What the line is about, and the reason, have places of their own. */
const apart: ReadonlySet<string> = new Set(['id', 'reason']);

/** What a mandate's document says, as people read it; and its end. */
export function mandateChanges({ type, data }: MandateEvent): AuditChange[] {
  if (type === 'MandateRecorded') return firsts(shownMandate(data), 'register', apart);
  const ended = stateChange(mandateStatusLabels['in-force'], mandateStatusLabels.ended);
  return [ended, ...firsts(data, 'register', apart)];
}
